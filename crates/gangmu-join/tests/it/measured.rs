//! How many rows are joined rightly, on tables that rules were written with and on tables written afterwards.

use crate::made::{Fixture, Gold, document};
use gangmu_join::{Assignment, join};
use gangmu_plan::compile::Names;

macro_rules! fixtures {
    ($folder:literal: $($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!("../fixtures/", $folder, "/", $name, ".txt")))),*]
    };
}

/// What came out of a set of tables.
#[derive(Debug, Default)]
struct Measure {
    rows: usize,
    clauses: usize,
    units: usize,
    deadlines: usize,
    /// Wrong somewhere, and no flag says so.
    silent: usize,
    flags_missing: usize,
    flags_surplus: usize,
    wrong: Vec<String>,
}

impl Measure {
    fn take(&mut self, fixture: &Fixture) {
        let joined = join(&fixture.outline(), &[document(&fixture.name, &fixture.bytes())], &Names::default());
        assert_eq!(joined.rows.len(), fixture.gold.len(), "{}: {:#?}", fixture.name, joined.rows);
        for (gold, row) in fixture.gold.iter().zip(&joined.rows) {
            let place = fixture.part(gold.place);
            assert_eq!(
                (&row.place.sheet, row.place.table, row.place.row),
                (&place.0, place.1, gold.row),
                "{}",
                fixture.name
            );
            self.compare(&fixture.name, gold, row);
        }
    }

    fn compare(&mut self, file: &str, gold: &Gold, row: &Assignment) {
        let flags: Vec<String> =
            row.flags.iter().map(|f| serde_json::to_value(f).unwrap().as_str().unwrap().to_owned()).collect();
        let clauses = gold.clauses == row.clauses;
        let units = gold.lead == row.lead && gold.support == row.support;
        let deadline = gold.deadline == row.deadline;
        self.rows += 1;
        self.clauses += usize::from(clauses);
        self.units += usize::from(units);
        self.deadlines += usize::from(deadline);
        let missing: Vec<&String> = gold.flags.iter().filter(|f| !flags.contains(f)).collect();
        let surplus: Vec<&String> = flags.iter().filter(|f| !gold.flags.contains(f)).collect();
        self.flags_missing += missing.len();
        self.flags_surplus += surplus.len();
        let right = clauses && units && deadline;
        self.silent += usize::from(!right && flags.is_empty());
        if !right || !missing.is_empty() || !surplus.is_empty() {
            self.wrong.push(format!(
                "{file} {}: {}\n  {:?} {:?} {:?} {:?} {flags:?} {}\n  wanted {gold:?}",
                row.place.row, row.task, row.clauses, row.lead, row.support, row.deadline, row.confidence
            ));
        }
    }

    fn print(&self, name: &str) {
        println!(
            "{name}: rows {} clauses {} units {} deadlines {} silently wrong {} flags missing {} surplus {}",
            self.rows, self.clauses, self.units, self.deadlines, self.silent, self.flags_missing, self.flags_surplus
        );
        self.wrong.iter().for_each(|line| println!("{line}"));
    }

    fn holds(&self) {
        let enough = |count: usize| count * 100 >= self.rows * 95;
        assert!(enough(self.clauses) && enough(self.units) && enough(self.deadlines), "{self:#?}");
        assert_eq!((self.silent, self.flags_missing), (0, 0), "{self:#?}");
    }
}

fn measure(name: &str, fixtures: &[(&str, &str)]) {
    let mut measure = Measure::default();
    for (name, notation) in fixtures {
        measure.take(&Fixture::parse(name, notation));
    }
    measure.print(name);
    measure.holds();
}

#[test]
fn tables_that_rules_were_written_with_are_joined_rightly() {
    measure("tuned", &fixtures!("tuned": "1-merged-heads", "2-one-cell", "3-continued", "4-doubts", "5-word"));
}

#[test]
fn tables_that_were_written_after_the_rules_are_joined_rightly() {
    measure(
        "held out",
        &fixtures!(
            "held-out": "6-groups-and-dates",
            "7-first-leads",
            "8-several-clauses",
            "9-renumbered",
            "10-word-continued",
            "11-demo-plan",
            "12-two-sheets",
            "13-word-sections",
        ),
    );
}
