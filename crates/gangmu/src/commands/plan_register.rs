//! `gangmu plan register`: the register of commitments as a workbook, and a sheet of doubts (承诺事项台账).

use super::source;
use crate::{
    clock::SystemClock,
    console::{Console, Outcome, Stop, chain},
    files, packs,
};
use gangmu_app::{
    plan::export_register::{doubts_sheet, sheet},
    ports::Clock,
};
use gangmu_documents::{Column as Drawn, Properties, Sheet, Workbook};
use gangmu_kernel::source::SourceKind;
use gangmu_plan::{
    addresses::Addresses,
    compile::{Names, compile},
    compiled::{Level, Notice},
    edition::merge::{Document, Merged, merge},
    proposal::propose,
    register::{RegisterRow, rows},
};
use jiff::tz::TimeZone;
use std::path::{Path, PathBuf};

/// The zone of the office, in which files are dated.
const ZONE: &str = "Asia/Shanghai";
/// The longest quotation on the sheet of doubts, in characters.
const QUOTED: usize = 120;

pub fn run(files: &[PathBuf], output: &Path, pack: Option<&Path>, console: &Console) -> Outcome {
    let names = packs::names(pack, console)?;
    let documents = files.iter().map(|file| document(file, &names, console)).collect::<Result<Vec<_>, _>>()?;
    let origins = documents.iter().map(|document| origin(&document.0, console)).collect();
    let Some(merged) = joined(documents) else { return Ok(()) };
    let book = workbook(&merged, origins, console)?;
    let (count, doubts) = (book.sheets[0].rows.len(), book.sheets[1].rows.len());
    let bytes = book.to_xlsx().map_err(|error| console.stop("command-output", &[("problem", chain(&error))]))?;
    files::write(output, &bytes, console)?;
    let fields = [("file", output.display().to_string()), ("count", count.to_string()), ("doubts", doubts.to_string())];
    console.print(&(console.say("command-register-written", &fields) + "\n"))
}

/// A compiled file, and whether it is a spreadsheet.
fn document(file: &Path, names: &Names, console: &Console) -> Result<(Document, bool), Stop> {
    let source = source(file, console)?;
    let plan = compile(&source, names);
    let table = source.kind == SourceKind::Xlsx;
    Ok((Document { name: files::name(file), text: source.text, plan }, table))
}

/// The files as one: the outline is the longest text that is no spreadsheet, the others are annexes in the order given.
fn joined(mut documents: Vec<(Document, bool)>) -> Option<Merged> {
    let rank = |at: &usize| (!documents[*at].1, documents[*at].0.text.len(), usize::MAX - at);
    let outline = (0..documents.len()).max_by_key(rank)?;
    let outline = documents.remove(outline).0;
    Some(merge(outline, documents.into_iter().map(|(document, _)| document).collect()))
}

fn workbook(merged: &Merged, origins: Vec<String>, console: &Console) -> Result<Workbook, Stop> {
    let own = merged.plan.outline.iter().find(|heading| heading.level == Level::Title);
    let title = own.map_or_else(|| title(&merged.parts[0].name), |heading| heading.title.clone());
    let zone =
        TimeZone::get(ZONE).map_err(|error| console.stop("command-runtime", &[("problem", error.to_string())]))?;
    let created = SystemClock.now().to_zoned_datetime(zone).strftime("%Y-%m-%dT%H:%M:%S").to_string();
    Ok(Workbook {
        properties: Properties {
            title: format!("{title} {}", console.say("command-register-sheet", &[])),
            author: console.say("product", &[]),
            subject: console.say("command-register-subject", &[]),
            created,
        },
        sheets: vec![register(&title, merged, origins, console), doubts(merged, console)],
    })
}

/// The file's name without its ending.
fn title(file: &str) -> String {
    file.rsplit_once('.').map_or(file, |(stem, _)| stem).to_owned()
}

fn register(title: &str, merged: &Merged, origins: Vec<String>, console: &Console) -> Sheet {
    let words = |key: &str| console.say(&word_key(key), &[]);
    let proposals = propose(&merged.plan);
    let lines = rows(&merged.plan, &proposals).into_iter().zip(&proposals).map(|(row, proposal)| {
        let source = place(merged, proposal.start, &row.source);
        RegisterRow { source, ..row }
    });
    let mark = console.say("command-register-mark", &[]);
    Sheet { notes: origins, ..sheet(title, Some(mark), &lines.collect::<Vec<_>>(), &words) }
}

/// The keys of the words that the register's page has for the same things.
fn word_key(key: &str) -> String {
    match key {
        "register" => return "command-register-sheet".to_owned(),
        "register-column-doubt-kind" => return "column-kind".to_owned(),
        "register-column-doubt" => return "command-doubts-message".to_owned(),
        _ => {}
    }
    let pages = [
        ("commitment-kind-", "kind-"),
        ("attribute-", "legal-"),
        ("goal-", "direction-"),
        ("register-column-", "column-"),
    ];
    let page = pages.iter().find_map(|(of_register, of_page)| Some((of_page, key.strip_prefix(of_register)?)));
    page.map_or_else(|| key.to_owned(), |(of_page, word)| format!("{of_page}{word}"))
}

/// The sheet of doubts, with the passages and their addresses beside each.
fn doubts(merged: &Merged, console: &Console) -> Sheet {
    let words = |key: &str| console.say(&word_key(key), &[]);
    let addresses = Addresses::of(&merged.plan);
    let start = |notice: &Notice| notice.spans.first().map_or(0, |span| span.0);
    let path = |notice: &Notice| addresses.at(start(notice)).map(|place| place.path).unwrap_or_default();
    let mut sheet = doubts_sheet(merged.plan.notices.iter().map(|notice| (path(notice), notice)), &words);
    sheet.columns.push(Drawn::text(console.say("command-doubts-quoted", &[]), 60.0));
    sheet.columns.push(Drawn::text(words("register-column-source"), 20.0));
    for (row, notice) in sheet.rows.iter_mut().zip(&merged.plan.notices) {
        let address = addresses.at(start(notice)).map(|place| place.of_plan("").to_string()).unwrap_or_default();
        row.push(quoted(&merged.text, notice).into());
        row.push(place(merged, start(notice), &address).into());
    }
    sheet.mark = Some(console.say("command-doubts-mark", &[]));
    sheet.notes = vec![console.say("command-doubts-note", &[])];
    sheet
}

/// The passages that a doubt is about, shortened.
fn quoted(text: &str, notice: &Notice) -> String {
    let passages = notice.spans.iter().map(|(start, end)| {
        let length = end.saturating_sub(*start) as usize;
        let passage: String = text.chars().skip(*start as usize).take(length.min(QUOTED)).collect();
        let passage = passage.split_whitespace().collect::<Vec<_>>().join(" ");
        if length > QUOTED { passage + "…" } else { passage }
    });
    passages.collect::<Vec<_>>().join("\n")
}

/// The address, with the annex's name after it where it stands in one.
fn place(merged: &Merged, start: u32, address: &str) -> String {
    let annex = merged.parts.iter().skip(1).find(|part| (part.start..part.end).contains(&start));
    annex.map_or_else(|| address.to_owned(), |part| format!("{address}（{}）", title(&part.name)))
}

/// Which program read which file: what an auditor needs to do it again.
fn origin(file: &Document, console: &Console) -> String {
    console.say(
        "command-register-origin",
        &[
            ("file", file.name.clone()),
            ("compiler", file.plan.compiler.clone()),
            ("lexicon", file.plan.lexicon.clone()),
            ("sha256", file.plan.source.sha256.clone()),
        ],
    )
}
