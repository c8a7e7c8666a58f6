# Public pages: plain words, no abbreviations, no internal numbers.

public-name = The plan near you
public-pages = Published plans
public-none = No plan has been published yet. It will be listed here.
public-count = { $count }
public-sum = In this plan the government makes *{ $count }* promises.
public-choose = Choose a chapter to read its text and its promises. The text is in Chinese.
public-promises = { $count ->
    [one] One promise in this clause
   *[other] { $count } promises in this clause
}
public-kind-indicator = A figure to reach
public-kind-target = A target to reach
public-kind-task = Something to do
public-kind-policy = A policy to make
public-kind-rule = A rule to keep
public-kind-project = Something to build
public-kind-mechanism = A system to set up
public-goal-ge = at least { $value }{ $unit }
public-goal-gt = above { $value }{ $unit }
public-goal-le = at most { $value }{ $unit }
public-goal-lt = below { $value }{ $unit }
public-goal-about = about { $value }{ $unit }
public-goal-eq = { $value }{ $unit }
public-lead = { $units } is responsible
public-support = { $units } helps
public-source = Clause { $path }
published-on = Published on { $date }
chapters = Chapters
chapters-around = Chapters before and after
public-foot = The text is the plan's own; the promises were checked by staff one by one.
