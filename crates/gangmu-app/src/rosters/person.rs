//! The rows of people (核对人员).

use super::{
    check::{Change, Checked, Finding, Line, PersonStep, Standing, change, masked},
    column::{Column, Sort},
    draft::Draft,
    known::Known,
    organisation::Named,
    sheet::narrow,
};
use crate::{
    access::{Role, meetings},
    accounts::normal_login,
    personal::numbers,
};
use gangmu_store::accounts::{AccountRow, contacts::ContactRow};
use std::collections::{BTreeMap, BTreeSet};

/// The sort of sheets that hold people.
pub(super) const SORT: Sort = Sort::People;

/// Checks all rows of people.
pub(super) fn check(draft: &Draft, known: &Known, named: &Named, checked: &mut Checked) {
    let mut logins: BTreeMap<String, (PersonStep, String)> = BTreeMap::new();
    let mut numbers: BTreeMap<String, String> = BTreeMap::new();
    let sheets = draft.sheets.iter().filter(|sheet| sheet.sort == SORT);
    for (sheet, row) in sheets.flat_map(|sheet| sheet.rows.iter().map(move |row| (sheet, row))) {
        let mut line = Line::of(sheet, row);
        let step = read(&mut line, known, named);
        match logins.get(&step.login) {
            Some((first, _)) if *first == step && line.faults.is_empty() => {
                checked.findings.push(line.finding(
                    &step.login,
                    &masked(Column::Name, &step.name),
                    Standing::Twice,
                    vec![],
                ));
                continue;
            }
            Some((_, place)) if !step.login.is_empty() => {
                line.fault(Column::Login, "rosters.cell.login_twice", &[("place", place)]);
            }
            _ => {
                let place = sheet.address(row.row, Column::Login);
                logins.insert(step.login.clone(), (step.clone(), place));
            }
        }
        if let Some(number) = &step.contact.id_number {
            let place = sheet.address(row.row, Column::IdNumber);
            let first = numbers.entry(number.clone()).or_insert_with(|| place.clone()).clone();
            if first != place {
                line.fault(Column::IdNumber, "rosters.cell.id_number_twice", &[("place", &first)]);
            }
        }
        conclude(&line, step, known, checked);
        checked.faults.extend(line.faults);
    }
}

fn read(line: &mut Line<'_>, known: &Known, named: &Named) -> PersonStep {
    let login = normal_login(&narrow(line.required(Column::Login)));
    let sign = |c: char| c.is_alphanumeric() || "._-".contains(c);
    if !login.is_empty() && (!(2..=32).contains(&login.chars().count()) || !login.chars().all(sign)) {
        line.fault(Column::Login, "rosters.cell.bad_login", &[]);
    }
    let before = known.accounts.get(&login);
    line.required(Column::Name);
    let name = line.text(Column::Name, 40).unwrap_or_default();
    let called = line.required(Column::Organisation);
    let organisation = match named.find(known, called) {
        Ok(code) => code,
        Err(_) if called.is_empty() => String::new(),
        Err(why) => {
            why.tell(line, Column::Organisation);
            String::new()
        }
    };
    PersonStep {
        post: line.text(Column::Post, 60).or_else(|| before.and_then(|(row, _)| row.post.clone())),
        contact: contact(line, before.map(|(_, contact)| contact)),
        roles: roles(line, before.map(|(row, _)| row)),
        before: before.map(|(row, _)| row.clone()),
        login,
        name,
        organisation,
    }
}

/// How the person is reached; cells that are left blank leave what is there.
fn contact(line: &mut Line<'_>, before: Option<&ContactRow>) -> ContactRow {
    let mut cell = |column: Column, code: &'static str, read: fn(&str) -> Option<String>| {
        let text = narrow(line.cell(column));
        if text.is_empty() {
            return None;
        }
        let found = read(&text);
        if found.is_none() {
            line.fault(column, code, &[]);
        }
        found
    };
    let phone = cell(Column::Phone, "rosters.cell.bad_phone", numbers::phone);
    let email = cell(Column::Email, "rosters.cell.bad_email", numbers::email);
    let id_number = cell(Column::IdNumber, "rosters.cell.bad_id_number", numbers::id_number);
    let kept = before.cloned().unwrap_or_default();
    ContactRow { phone: phone.or(kept.phone), email: email.or(kept.email), id_number: id_number.or(kept.id_number) }
}

/// The roles that are asked for and not held.
fn roles(line: &mut Line<'_>, before: Option<&AccountRow>) -> Vec<String> {
    let held: BTreeSet<Role> = before.map(crate::accounts::roles_of).unwrap_or_default();
    let mut asked = BTreeSet::new();
    for word in line.cell(Column::Roles).split(',').filter(|word| !word.is_empty()) {
        match Role::of_word(word) {
            Some(role) => drop(asked.insert(role)),
            None => line.fault(Column::Roles, "rosters.cell.unknown_role", &[("role", word)]),
        }
    }
    let together: BTreeSet<Role> = held.union(&asked).copied().collect();
    for (one, other) in meetings(&together) {
        line.fault(Column::Roles, "rosters.cell.roles_meet", &[("meeting", &format!("{one},{other}"))]);
    }
    asked.difference(&held).map(|role| role.word().to_owned()).collect()
}

fn conclude(line: &Line<'_>, step: PersonStep, known: &Known, checked: &mut Checked) {
    let name = masked(Column::Name, &step.name);
    if !line.faults.is_empty() {
        checked.findings.push(line.finding(&step.login, &name, Standing::Refused, Vec::new()));
        return;
    }
    let before = known.accounts.get(&step.login);
    let changes = before.map(|(row, contact)| changes(row, contact, &step, known)).unwrap_or_default();
    let standing = match before {
        None => Standing::New,
        Some(_) if changes.is_empty() && step.roles.is_empty() => Standing::Same,
        Some(_) => Standing::Changed,
    };
    let finding = line.finding(&step.login, &name, standing, changes);
    checked.findings.push(Finding { roles: step.roles.clone(), ..finding });
    if standing != Standing::Same {
        checked.people.push(step);
    }
}

fn changes(before: &AccountRow, contact: &ContactRow, after: &PersonStep, known: &Known) -> Vec<Change> {
    let code = known.keys.iter().find(|(_, key)| Some(**key) == before.organisation).map(|(code, _)| code.as_str());
    [
        change(Column::Name, Some(&before.name), Some(&after.name)),
        change(Column::Organisation, code, Some(&after.organisation)),
        change(Column::Post, before.post.as_deref(), after.post.as_deref()),
        change(Column::Phone, contact.phone.as_deref(), after.contact.phone.as_deref()),
        change(Column::Email, contact.email.as_deref(), after.contact.email.as_deref()),
        change(Column::IdNumber, contact.id_number.as_deref(), after.contact.id_number.as_deref()),
    ]
    .into_iter()
    .flatten()
    .collect()
}
