//! Tables made from real and own outlines with a fixed seed: wording shortened, paraphrased, split, merged, renumbered.
//!
//! The outside texts are read where `GANGMU_CORPUS` names them; no sentence of them stands here.

use crate::made::{OUTLINE, document};
use gangmu_join::{Document, Flag, join};
use gangmu_plan::compile::Names;
use std::{fmt::Write as _, path::PathBuf};

/// A small generator of numbers with a seed.
struct Seeded(u64);

impl Seeded {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below.max(1)
    }
}

/// How a wording is changed.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Manner {
    Whole,
    Shortened,
    Paraphrased,
    Split,
    Merged,
    Title,
    Foreign,
    Condensed,
    Renumbered,
    Figure,
}

const MANNERS: [Manner; 10] = [
    Manner::Whole,
    Manner::Shortened,
    Manner::Paraphrased,
    Manner::Split,
    Manner::Merged,
    Manner::Title,
    Manner::Foreign,
    Manner::Condensed,
    Manner::Renumbered,
    Manner::Figure,
];

/// Words that officials put for others.
const SYNONYMS: [(&str, &str); 30] = [
    ("加快", "大力"),
    ("推进", "推动"),
    ("建设", "打造"),
    ("完善", "健全"),
    ("提升", "提高"),
    ("加强", "强化"),
    ("实施", "开展"),
    ("支持", "鼓励"),
    ("构建", "建立"),
    ("促进", "带动"),
    ("优化", "改进"),
    ("扩大", "拓展"),
    ("推动", "促进"),
    ("深化", "推进"),
    ("发展", "壮大"),
    ("健全", "完善"),
    ("增强", "提升"),
    ("加大", "提高"),
    ("群众", "居民"),
    ("企业", "市场主体"),
    ("能力", "水平"),
    ("体系", "系统"),
    ("机制", "制度"),
    ("重大", "重点"),
    ("积极", "主动"),
    ("全面", "全域"),
    ("引导", "鼓励"),
    ("培育", "培养"),
    ("强化", "加强"),
    ("鼓励", "支持"),
];

/// Tasks that stand in none of the plans.
const FOREIGN: [&str; 8] = [
    "组织机关干部职工年度健步走和趣味运动会",
    "完成办公用房搬迁和旧家具处置登记",
    "编印内部电话号码簿并更新门牌",
    "做好节日期间值班表报送",
    "修订单位食堂餐饮外包合同",
    "整理归档历年会议纪要扫描件",
    "更换会议室投影仪和音响设备",
    "组织新录用公务员入职宣誓",
];

struct Row {
    task: String,
    wanted: Vec<String>,
    /// Another clause holds (nearly) the same words, so that naming it is no mistake.
    also: Vec<String>,
    manner: Manner,
    /// The clause that the row names.
    reference: String,
    /// A doubt that the row must raise.
    flag: Option<Flag>,
}

/// The clauses that ask for work: path, title, sentences.
fn clauses(plan: &Document) -> Vec<(String, String, Vec<String>)> {
    let chars: Vec<char> = plan.source.text.chars().collect();
    let cut = |start: u32, end: u32| -> String {
        chars[start as usize..end as usize].iter().filter(|c| !c.is_whitespace()).collect()
    };
    plan.plan
        .clauses
        .iter()
        .filter(|c| {
            plan.plan.tasks.iter().any(|t| t.clause == c.path)
                && !c.path.starts_with('0')
                && !c.path.starts_with("tail")
        })
        .map(|c| {
            let sentences =
                plan.plan.sentences.iter().filter(|s| s.clause == c.path && s.start >= c.start && s.end <= c.end);
            let texts = sentences
                .map(|s| cut(s.start, s.end))
                .filter(|t| t.chars().count() >= 14 && !t.contains('\t') && !t.starts_with('（'));
            let heading = plan.plan.outline.iter().find(|h| Some(&h.id) == c.heading.as_ref());
            (c.path.clone(), heading.map(|h| h.title.clone()).unwrap_or_default(), texts.collect())
        })
        .filter(|(_, _, sentences): &(String, String, Vec<String>)| !sentences.is_empty())
        .collect()
}

fn phrases(sentence: &str) -> Vec<String> {
    let without = sentence.split('（').next().unwrap_or(sentence);
    without.split(['，', '；', '。', '：']).map(str::to_owned).filter(|p| p.chars().count() >= 4).collect()
}

/// Every third phrase is dropped, the order kept.
fn shortened(sentence: &str, seeded: &mut Seeded) -> String {
    let phrases = phrases(sentence);
    if phrases.len() < 2 {
        return sentence.chars().take(sentence.chars().count() * 7 / 10).collect();
    }
    let drop = seeded.next(phrases.len());
    let kept: Vec<String> = phrases
        .iter()
        .enumerate()
        .filter(|(at, _)| *at != drop && (at % 3 != 2 || phrases.len() < 4))
        .map(|(_, p)| p.clone())
        .collect();
    kept.join("，")
}

fn paraphrased(sentence: &str, seeded: &mut Seeded) -> String {
    let mut out = String::new();
    let mut rest = sentence;
    while !rest.is_empty() {
        let found = SYNONYMS.iter().find(|(word, _)| rest.starts_with(word)).filter(|_| seeded.next(4) > 0);
        match found {
            Some((word, other)) => {
                out += other;
                rest = &rest[word.len()..];
            }
            None => {
                let next = rest.chars().next().map_or(0, char::len_utf8);
                out += &rest[..next];
                rest = &rest[next..];
            }
        }
    }
    let mut phrases = phrases(&out);
    if phrases.len() > 2 {
        phrases.rotate_left(1);
        phrases.pop();
    }
    if phrases.is_empty() { out } else { phrases.join("，") }
}

/// As people abridge: two phrases at most, each without a piece of its middle, with other words of work.
fn condensed(sentence: &str, seeded: &mut Seeded) -> String {
    let text = paraphrased(sentence, seeded);
    let short = phrases(&text).into_iter().take(2).map(|phrase| {
        let chars: Vec<char> = phrase.chars().collect();
        if chars.len() < 9 {
            return phrase;
        }
        let from = 2 + seeded.next(chars.len() - 6);
        chars[..from].iter().chain(&chars[(from + 3).min(chars.len())..]).collect()
    });
    short.collect::<Vec<String>>().join("，")
}

fn numbered(path: &str) -> bool {
    path.starts_with(|c: char| c.is_ascii_digit()) && path.contains('.') && !path.contains(['专', '#'])
}

/// The sentence with its first figure of a known unit changed; none where it states none.
fn changed_figure(sentence: &str) -> Option<String> {
    let chars: Vec<char> = sentence.chars().collect();
    let figure = gangmu_plan::compile::figures::figures(sentence).into_iter().find(|f| {
        let unit = f.unit.as_deref().unwrap_or_default();
        let plain = chars[f.start..f.end].first().is_some_and(char::is_ascii_digit);
        plain && !unit.is_empty() && !matches!(unit, "年" | "月" | "日" | "期" | "岁") && f.high.is_none()
    })?;
    let digits = chars[figure.start..figure.end].iter().take_while(|c| c.is_ascii_digit() || **c == '.').count();
    let other = (figure.value + rust_decimal::Decimal::from(3)).to_string();
    let rest = chars[figure.start + digits..].iter();
    Some(chars[..figure.start].iter().copied().chain(other.chars()).chain(rest.copied()).collect())
}

fn rows(plan: &Document, seed: u64) -> Vec<Row> {
    let clauses = clauses(plan);
    let mut seeded = Seeded(seed);
    let mut out = Vec::new();
    let mut at = seeded.next(3);
    while at < clauses.len() {
        let (path, title, sentences) = &clauses[at];
        let sentence = &sentences[seeded.next(sentences.len())];
        let manner = MANNERS[seeded.next(MANNERS.len())];
        let row = |task: String, wanted: Vec<String>| Row {
            task,
            wanted,
            also: Vec::new(),
            manner,
            reference: String::new(),
            flag: None,
        };
        match manner {
            Manner::Whole => out.push(row(sentence.clone(), vec![path.clone()])),
            Manner::Shortened => out.push(row(shortened(sentence, &mut seeded), vec![path.clone()])),
            Manner::Paraphrased => out.push(row(paraphrased(sentence, &mut seeded), vec![path.clone()])),
            Manner::Title => {
                out.push(row(format!("{title}：{}", shortened(sentence, &mut seeded)), vec![path.clone()]))
            }
            Manner::Split => {
                let phrases = phrases(sentence);
                let half = phrases.len().div_ceil(2);
                for part in [&phrases[..half], &phrases[half..]] {
                    if part.iter().map(|p| p.chars().count()).sum::<usize>() >= 12 {
                        out.push(row(part.join("，"), vec![path.clone()]));
                    }
                }
            }
            Manner::Merged => {
                if let Some((other, _, more)) = clauses.get(at + 1) {
                    let task = format!("{}；{}", shortened(sentence, &mut seeded), shortened(&more[0], &mut seeded));
                    out.push(row(task, vec![path.clone(), other.clone()]));
                    at += 1;
                }
            }
            Manner::Condensed => out.push(row(condensed(sentence, &mut seeded), vec![path.clone()])),
            Manner::Renumbered => {
                // The table still counts as a draft did: it names a clause far away.
                let other = &clauses[(at + clauses.len() / 2) % clauses.len()].0;
                if numbered(other) && other.split('.').next() != path.split('.').next() {
                    let flag = Some(Flag::ClauseRefMismatch);
                    let made = row(shortened(sentence, &mut seeded), vec![path.clone()]);
                    out.push(Row { reference: other.clone(), flag, ..made });
                }
            }
            Manner::Figure => {
                if let Some(changed) = changed_figure(sentence) {
                    out.push(Row { flag: Some(Flag::FigureDiffers), ..row(changed, vec![path.clone()]) });
                }
            }
            Manner::Foreign => out.push(row(FOREIGN[seeded.next(FOREIGN.len())].to_owned(), Vec::new())),
        }
        at += 1 + seeded.next(2);
    }
    for row in &mut out {
        let task: String = row.task.chars().take(12).collect();
        row.also = clauses
            .iter()
            .filter(|(path, _, sentences)| !row.wanted.contains(path) && sentences.iter().any(|s| s.contains(&task)))
            .map(|c| c.0.clone())
            .collect();
    }
    out.retain(|row| row.task.chars().count() >= 8);
    out
}

/// Rows, rows right, wrong without a flag, wrong.
#[derive(Debug, Default)]
struct Sum {
    rows: usize,
    right: usize,
    silent: usize,
    by_manner: Vec<(String, usize, usize)>,
}

fn measure(name: &str, plan: &Document, seeds: std::ops::Range<u64>, print: bool) -> Sum {
    let mut sum = Sum::default();
    for seed in seeds {
        let rows = rows(plan, seed);
        let mut table = "序号\t重点任务\t对应条款\t牵头单位\t配合单位\t完成时限\n".to_owned();
        for (number, row) in rows.iter().enumerate() {
            writeln!(table, "{}\t{}\t{}\t区发展改革局\t区财政局\t2025年", number + 1, row.task, row.reference).unwrap();
        }
        let joined = join(plan, &[document("分工.tsv", table.as_bytes())], &Names::default());
        // Rows of the same words are one to a reader as well.
        assert_eq!(joined.rows.len(), rows.len());
        for (row, found) in rows.iter().zip(&joined.rows) {
            let right = found.clauses == row.wanted && row.flag.is_none_or(|flag| found.flags.contains(&flag));
            let doubted = found.flags.iter().any(|f| {
                matches!(
                    f,
                    Flag::AmbiguousClause
                        | Flag::NoClause
                        | Flag::ClauseRefMismatch
                        | Flag::FigureDiffers
                        | Flag::NameDiffers
                        | Flag::DuplicateRow
                )
            });
            let single = row.wanted.len() == 1;
            let equal = single
                && row.flag.is_none()
                && found.clauses.iter().all(|c| row.also.contains(c) || row.wanted.contains(c))
                && !found.clauses.is_empty();
            sum.rows += 1;
            sum.right += usize::from(right || equal);
            let silent = !right && !equal && !doubted;
            sum.silent += usize::from(silent);
            let manner = format!("{:?}", row.manner);
            match sum.by_manner.iter_mut().find(|m| m.0 == manner) {
                Some(m) => (m.1, m.2) = (m.1 + 1, m.2 + usize::from(right || equal)),
                None => sum.by_manner.push((manner, 1, usize::from(right || equal))),
            }
            if print && !right && !equal {
                println!(
                    "  {:?} {} wanted {:?} found {:?} {:?} {} | {}",
                    row.manner,
                    if silent { "SILENT" } else { "" },
                    row.wanted,
                    found.clauses,
                    found.flags,
                    found.confidence,
                    row.task
                );
            }
        }
    }
    println!(
        "{name}: rows {} right {} ({:.1} %) silently wrong {} {:?}",
        sum.rows,
        sum.right,
        100.0 * sum.right as f64 / sum.rows as f64,
        sum.silent,
        sum.by_manner
    );
    sum
}

#[test]
fn changed_wordings_of_the_own_outline_find_their_clauses() {
    let plan = document("纲要.txt", OUTLINE.as_bytes());
    let sum = measure("own", &plan, 1..7, true);
    assert!(sum.right * 100 >= sum.rows * 95, "{sum:?}");
    assert!(sum.silent * 200 <= sum.rows, "{sum:?}");
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the test reads outside texts")]
fn changed_wordings_of_outside_plans_find_their_clauses() {
    let Some(folder) = std::env::var_os("GANGMU_CORPUS").map(PathBuf::from) else {
        println!("skipped: GANGMU_CORPUS names no folder of outside data");
        return;
    };
    let files = [
        ("plans/huadu-145/outline.txt", 2),
        ("plans/national-fyp15-outline-nobox.txt", 1),
        ("plans/shanghai-medical-device-action-plan.md", 3),
    ];
    let long = std::env::var_os("GANGMU_TEST_FULL").is_some();
    // The national outline is long: it belongs to the long tests.
    for (file, seeds) in files.into_iter().filter(|(file, _)| long || !file.contains("national")) {
        let Ok(bytes) = std::fs::read(folder.join(file)) else {
            println!("skipped: no {file}");
            continue;
        };
        let plan = document(file, &bytes);
        let sum = measure(file, &plan, 1..1 + seeds, std::env::var_os("GANGMU_SHOW").is_some());
        assert!(sum.right * 100 >= sum.rows * 90, "{file} {sum:?}");
    }
}
