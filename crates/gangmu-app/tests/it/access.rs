//! The access matrix: committed, default-deny, complete.

use gangmu_app::{
    Access, Role, Session,
    access::{BadMatrix, Forbidden, meetings},
};
use std::{collections::BTreeSet, path::Path};

fn roles(held: &[Role]) -> BTreeSet<Role> {
    held.iter().copied().collect()
}

#[test]
fn what_is_not_granted_is_denied_with_the_reason() {
    let access = Access::committed();
    assert_eq!(access.why_not("plan.import", &roles(&[Role::Planner])), None);
    assert_eq!(access.why_not("plan.import", &roles(&[Role::Leader, Role::Planner])), None);
    assert_eq!(access.why_not("public.read", &roles(&[])), None);
    let wrong = access.why_not("plan.publish", &roles(&[Role::Reviewer])).unwrap();
    assert_eq!(wrong.to_string(), "plan.publish is for leader, not for reviewer");
    let nobody = access.why_not("home.read", &roles(&[])).unwrap();
    assert_eq!(nobody, Forbidden::NotLoggedIn { action: "home.read".into() });
    let unlisted = access.why_not("plan.shred", &roles(&Role::ALL[1..])).unwrap();
    assert_eq!(unlisted, Forbidden::Unlisted { action: "plan.shred".into() });
}

#[test]
fn the_supervisor_reads_everything_of_the_plan_and_changes_nothing() {
    let access = Access::committed();
    let held = roles(&[Role::Supervisor]);
    for (action, granted) in access.rows() {
        let reads = action.ends_with(".read") || action.ends_with(".list") || action.ends_with("export");
        let reads = reads && !["accounts.read", "access.read", "operations.read", "personal.read"].contains(&action);
        // What somebody gives to a program of one's own is one's own too.
        let own = action.ends_with(".own") || action == "tokens.pass_on";
        let public = access.is_public(action);
        assert_eq!(granted.contains(&Role::Supervisor), (reads && !public) || own, "{action}");
        assert_eq!(access.why_not(action, &held).is_none(), reads || own || public, "{action}");
    }
}

#[test]
fn nobody_both_imports_and_publishes_by_one_role() {
    let access = Access::committed();
    for role in Role::ALL {
        let may = |action: &str| access.why_not(action, &roles(&[role])).is_none();
        assert!(!(may("plan.import") && may("plan.approve")), "{role}");
        assert!(!(may("plan.approve") && may("plan.publish")), "{role}");
        assert!(!(may("accounts.roles") && may("accounts.add")), "{role}");
    }
}

#[test]
fn an_administrator_may_nothing_that_decides() {
    let access = Access::committed();
    let three = [Role::System, Role::Security, Role::Audit];
    for (action, granted) in access.rows().filter(|(action, _)| action.starts_with("plan.")) {
        assert!(three.iter().all(|role| !granted.contains(role)), "{action}");
    }
    for role in Role::ALL {
        let beside = three.iter().filter(|one| one.excludes(role)).count();
        let expected = if role.administers() { 2 } else { 3 * usize::from(role.decides()) };
        assert_eq!(beside, expected, "{role}");
        assert!(three.iter().all(|one| one.excludes(role) == role.excludes(*one)), "{role}");
    }
    assert_eq!(meetings(&roles(&three)).len(), 3);
    assert_eq!(meetings(&roles(&[Role::Planner, Role::Reviewer, Role::Leader])), []);
}

#[test]
fn a_matrix_with_holes_is_refused() {
    let head = "action,public,planner,reviewer,liaison,leader,supervisor,system,security,audit";
    let line = |row: &str| Access::parse(&format!("{head}\n{row}\n")).unwrap_err();
    let bad = |line: usize, problem: &str| BadMatrix { line, problem: problem.into() };
    assert_eq!(line("a.b,yes"), bad(2, "each role has a cell, `yes`, `tree`, `own`, `whole` or `-`"));
    assert_eq!(
        line("a.b,yes,-,-,-,-,-,-,-,maybe"),
        bad(2, "each role has a cell, `yes`, `tree`, `own`, `whole` or `-`")
    );
    assert_eq!(line("ab,yes,-,-,-,-,-,-,-,-"), bad(2, "an action is named noun.verb"));
    let twice = line("b.b,yes,-,-,-,-,-,-,-,-\nb.b,yes,-,-,-,-,-,-,-,-");
    assert_eq!(twice, bad(3, "the rows are sorted and each action has one"));
    assert_eq!(Access::parse("action,public\n").unwrap_err().line, 1);
}

#[test]
fn a_password_of_the_first_day_opens_nothing_but_its_change() {
    let access = Access::committed();
    let mut session = Session::console("新人");
    session.must_change = true;
    for (action, granted) in access.rows() {
        let open = action == "accounts.own" || granted.contains(&Role::Public);
        assert_eq!(session.may(&access, action), open, "{action}");
    }
    let forbidden = session.why_not(&access, "home.read");
    assert_eq!(forbidden, Some(Forbidden::PasswordFirst { action: "home.read".into() }));
}

/// All Rust sources of the crate, with their paths.
fn sources() -> Vec<(String, String)> {
    fn walk(folder: &Path, found: &mut Vec<(String, String)>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|e| e == "rs") {
                #[expect(clippy::disallowed_methods, reason = "the test reads the sources")]
                let text = std::fs::read_to_string(&path).unwrap();
                found.push((path.display().to_string(), text));
            }
        }
    }
    let mut found = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    found
}

#[test]
fn only_the_door_writes_to_the_database() {
    for (path, text) in sources() {
        let dense: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let writes = dense.contains("db.write(") || dense.contains("db.write::") || dense.contains("database().write");
        assert_eq!(writes, path.ends_with("/operate.rs"), "{path}: only the door writes");
        let sql = ["INSERT INTO ", "SELECT ", "DELETE FROM ", "UPDATE "].iter().any(|word| text.contains(word));
        assert!(!sql, "{path} holds SQL");
    }
}

#[test]
fn every_action_that_the_sources_name_is_in_the_matrix() {
    let access = Access::committed();
    let listed: BTreeSet<&str> = access.rows().map(|(action, _)| action).collect();
    let mut named = BTreeSet::new();
    for (path, text) in sources() {
        // The action is the last text in the brackets of these calls.
        for call in ["Operation::new(", "Operation::under(", "look(app, session, ", "authorise(app, session, "] {
            for (at, _) in text.match_indices(call) {
                let inside = &text[at + call.len()..];
                let inside = &inside[..inside.find([')', '|', '{']).unwrap_or(inside.len())];
                let Some(action) = inside.split('"').skip(1).step_by(2).last() else { continue };
                assert!(listed.contains(action), "{path} names {action}, which is in no row of access.csv");
                named.insert(action.to_owned());
            }
        }
    }
    assert!(named.contains("accounts.roles") && named.contains("packs.load"), "{named:?}");
}
