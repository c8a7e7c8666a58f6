//! Accounts, sessions, organisations, areas and packs as rows.

use crate::databases::{self, Fresh};
use gangmu_kernel::ids::AccountId;
use gangmu_store::{
    Db, Fault, Limits,
    accounts::{
        self, AccountRow, Failures,
        contacts::{self, ContactRow},
        formers, sessions,
        visits::{self, Before},
    },
    areas::{self, AreaRow},
    migrate,
    organisations::{self, OrganisationRow},
    packs::{self, PackRow},
    rosters,
};
use jiff::{Timestamp, civil::date};

async fn open(fresh: &Fresh) -> Db {
    let db = Db::open(&fresh.location, Limits::default()).unwrap();
    migrate(&db).await.unwrap();
    db
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn account(login: &str, roles: &[&str]) -> AccountRow {
    AccountRow {
        id: AccountId(0),
        login: login.into(),
        name: "某人".into(),
        post: None,
        organisation: None,
        password: "$argon2id$x".into(),
        password_set_at: at(1),
        must_change: true,
        disabled: false,
        created_at: at(1),
        roles: roles.iter().map(|role| (*role).to_owned()).collect(),
    }
}

#[test]
fn an_account_is_found_by_key_and_login_with_its_roles() {
    databases::each(async |fresh| {
        let db = open(fresh).await;
        db.write::<_, Fault>(|tx| {
            let id = accounts::add(tx, &account("guihua", &["supervisor", "planner"]))?;
            let mut found = accounts::find(tx, id)?.unwrap();
            assert_eq!(found.roles, ["planner", "supervisor"]);
            assert_eq!(accounts::by_login(tx, "guihua")?, Some(found.clone()));
            assert_eq!(accounts::by_login(tx, "Guihua")?, None);
            let logins = ["guihua".to_owned(), "nobody".to_owned()];
            assert_eq!(accounts::by_logins(tx, &logins)?, [found.clone()]);
            found.disabled = true;
            found.roles = vec!["leader".into()];
            accounts::save(tx, &found)?;
            assert_eq!(accounts::find(tx, id)?.unwrap(), found);
            assert!(!serde_json::to_string(&found).unwrap().contains("argon2"), "no secret reaches a digest");
            let second = accounts::add(tx, &account("shending", &["leader"]))?;
            assert_eq!(
                accounts::other_holders(tx, "leader", second, date(2024, 6, 30))?,
                0,
                "a disabled account holds nothing"
            );
            assert_eq!(accounts::other_holders(tx, "leader", id, date(2024, 6, 30))?, 1);
            let logins = |page: Vec<AccountRow>| page.into_iter().map(|row| row.login).collect::<Vec<_>>();
            assert_eq!(logins(accounts::page(tx, None, 1)?), ["guihua"]);
            assert_eq!(logins(accounts::page(tx, Some("guihua"), 9)?), ["shending"]);
            Ok(())
        })
        .await
        .unwrap();
        let again = db.write(|tx| accounts::add(tx, &account("guihua", &[]))).await;
        assert!(again.unwrap_err().is_duplicate());
    });
}

#[test]
fn failures_are_counted_by_the_typed_login_and_forgotten() {
    databases::each(async |fresh| {
        let db = open(fresh).await;
        db.write::<_, Fault>(|tx| {
            assert_eq!(accounts::failures(tx, "nobody")?, Failures { count: 0, locked_until: None });
            let five = Failures { count: 5, locked_until: Some(at(100)) };
            accounts::save_failures(tx, "nobody", &five, at(40), at(0))?;
            assert_eq!(accounts::failures(tx, "nobody")?, five);
            let one = Failures { count: 1, locked_until: None };
            accounts::save_failures(tx, "other", &one, at(90), at(50))?;
            assert_eq!(accounts::failures(tx, "nobody")?.count, 0, "what is old is forgotten");
            accounts::clear_failures(tx, "other")?;
            assert_eq!(accounts::failures(tx, "other")?.count, 0);
            Ok(())
        })
        .await
        .unwrap();
    });
}

#[test]
fn sessions_end_alone_or_together() {
    databases::each(async |fresh| {
        let db = open(fresh).await;
        db.write::<_, Fault>(|tx| {
            let account = accounts::add(tx, &account("guihua", &[]))?;
            for n in 1..=4_u8 {
                let row = sessions::SessionRow {
                    token: [n; 32],
                    account,
                    created_at: at(n.into()),
                    seen_at: at(n.into()),
                    device: Some("windows edge".into()),
                    address: None,
                    post: None,
                };
                sessions::add(tx, &row, at(2))?;
            }
            assert_eq!(sessions::find(tx, &[1; 32])?, None, "an old one is forgotten when another begins");
            sessions::touch(tx, &[2; 32], at(9))?;
            assert_eq!(sessions::find(tx, &[2; 32])?.unwrap().seen_at, at(9));
            let listed: Vec<u8> = sessions::of(tx, account, at(3), at(2))?.iter().map(|row| row.token[0]).collect();
            assert_eq!(listed, [2, 4, 3], "the last used first");
            sessions::end(tx, &[3; 32])?;
            assert_eq!(sessions::end_all(tx, account, Some(&[2; 32]))?, 1);
            assert_eq!(sessions::end_all(tx, account, None)?, 1);
            Ok(())
        })
        .await
        .unwrap();
    });
}

#[test]
fn organisations_keep_their_keys_over_renamings() {
    databases::each(async |fresh| {
        let db = open(fresh).await;
        let row = |code: &str, label: &str| OrganisationRow {
            code: code.into(),
            label: label.into(),
            short: Some("发改局".into()),
            kind: "department".into(),
            parent: None,
            area: Some("990101".into()),
            aliases: vec!["发展改革局".into(), "发改委".into()],
            from: Some(date(2019, 3, 1)),
            until: None,
            source: "invented".into(),
        };
        db.write::<_, Fault>(move |tx| {
            let pack = PackRow { id: "district".into(), name: "示例区".into(), digest: [1; 32], loaded_at: at(5) };
            packs::save(tx, &pack, &[("areas.csv".into(), b"code".to_vec())])?;
            packs::save(tx, &pack, &[("pack.toml".into(), b"id".to_vec()), ("a.csv".into(), b"x".to_vec())])?;
            assert_eq!(packs::all(tx)?, std::slice::from_ref(&pack));
            assert_eq!(packs::find(tx, "district")?, Some(pack));
            let paths: Vec<_> = packs::files(tx, "district")?.into_iter().map(|file| file.0).collect();
            assert_eq!(paths, ["a.csv", "pack.toml"]);
            assert_eq!(packs::file(tx, "district", "a.csv")?, Some(b"x".to_vec()));
            organisations::replace(tx, "district", &[row("o-a", "甲局"), row("o-b", "乙局")])?;
            let before = organisations::keys(tx)?;
            let renamed = [row("o-b", "乙局"), row("o-a", "甲局（新）"), row("o-a", "甲局")];
            organisations::replace(tx, "district", &renamed)?;
            assert_eq!(organisations::keys(tx)?, before);
            let all = organisations::all(tx)?;
            assert_eq!(all.iter().map(|(_, row)| row.clone()).collect::<Vec<_>>(), renamed);
            assert_eq!(all[1].0, before["o-a"]);
            let area = AreaRow {
                code: "990101".into(),
                label: "示例区".into(),
                level: "district".into(),
                parent: None,
                from: None,
                until: Some(date(2030, 1, 1)),
                source: "invented".into(),
            };
            areas::replace(tx, "district", std::slice::from_ref(&area))?;
            areas::replace(tx, "district", std::slice::from_ref(&area))?;
            assert_eq!(areas::all(tx)?, [area]);
            Ok(())
        })
        .await
        .unwrap();
    });
}

#[test]
fn the_login_before_this_one_is_remembered_with_the_failures_between() {
    databases::each(async |fresh| {
        let db = open(fresh).await;
        db.write::<_, Fault>(|tx| {
            let id = accounts::add(tx, &account("guihua", &[]))?;
            assert_eq!(visits::before(tx, id)?, None);
            visits::failed(tx, id)?;
            visits::entered(tx, id, at(10))?;
            assert_eq!(visits::before(tx, id)?, Some(Before { at: None, failed: 1 }));
            visits::failed(tx, id)?;
            visits::failed(tx, id)?;
            assert_eq!(visits::before(tx, id)?, Some(Before { at: None, failed: 1 }), "the present login is unchanged");
            visits::entered(tx, id, at(20))?;
            assert_eq!(visits::before(tx, id)?, Some(Before { at: Some(at(10)), failed: 2 }));
            visits::forget(tx, id)?;
            assert_eq!(visits::before(tx, id)?, None);
            Ok(())
        })
        .await
        .unwrap();
    });
}

#[test]
fn of_former_passwords_the_last_ones_stay() {
    databases::each(async |fresh| {
        let db = open(fresh).await;
        db.write::<_, Fault>(|tx| {
            let id = accounts::add(tx, &account("guihua", &[]))?;
            let other = accounts::add(tx, &account("shending", &[]))?;
            formers::add(tx, other, at(1), "other", 2)?;
            for n in 1..=4 {
                formers::add(tx, id, at(n), &format!("hash {n}"), 2)?;
            }
            assert_eq!(formers::of(tx, id, 9)?, ["hash 4", "hash 3"]);
            formers::forget(tx, id)?;
            assert!(formers::of(tx, id, 9)?.is_empty());
            assert_eq!(formers::of(tx, other, 9)?, ["other"]);
            Ok(())
        })
        .await
        .unwrap();
    });
}

#[test]
fn contacts_without_anything_in_them_leave_no_row() {
    databases::each(async |fresh| {
        let db = open(fresh).await;
        db.write::<_, Fault>(|tx| {
            let id = accounts::add(tx, &account("guihua", &[]))?;
            assert_eq!(contacts::find(tx, id)?, ContactRow::default());
            let row = ContactRow { phone: Some("13800008000".into()), ..ContactRow::default() };
            contacts::save(tx, id, &row)?;
            assert_eq!(contacts::find(tx, id)?, row);
            let row = ContactRow { email: Some("a@example.org".into()), ..ContactRow::default() };
            contacts::save(tx, id, &row)?;
            assert_eq!(contacts::all(tx)?.get(&id), Some(&row));
            contacts::save(tx, id, &ContactRow::default())?;
            assert!(contacts::all(tx)?.is_empty());
            Ok(())
        })
        .await
        .unwrap();
    });
}

#[test]
fn what_a_roster_says_of_an_organisation_outlives_the_next_pack() {
    databases::each(async |fresh| {
        let db = open(fresh).await;
        let row = |code: &str, label: &str| OrganisationRow {
            code: code.into(),
            label: label.into(),
            short: None,
            kind: "department".into(),
            parent: None,
            area: None,
            aliases: vec![],
            from: None,
            until: None,
            source: "invented".into(),
        };
        db.write::<_, Fault>(move |tx| {
            let pack = PackRow { id: "district".into(), name: "示例区".into(), digest: [1; 32], loaded_at: at(5) };
            packs::save(tx, &pack, &[])?;
            organisations::replace(tx, "district", &[row("o-a", "甲局"), row("o-b", "乙局")])?;
            let added = organisations::add(tx, "district", &row("o-c", "丙局"))?;
            let keys = organisations::keys(tx)?;
            assert_eq!(keys["o-c"], added);
            organisations::correct(tx, keys["o-a"], &row("o-a", "甲局（更名）"))?;
            organisations::replace(tx, "district", &[row("o-d", "丁局"), row("o-a", "甲局"), row("o-b", "乙局")])?;
            let labels = |tx: &mut gangmu_store::Tx<'_>| -> Result<Vec<String>, Fault> {
                Ok(organisations::all(tx)?.into_iter().map(|(_, row)| row.label).collect())
            };
            let mut all = labels(tx)?;
            all.sort();
            assert_eq!(all, ["丁局", "丙局", "乙局", "甲局（更名）"]);
            assert_eq!(organisations::newest(tx, added)?.unwrap().label, "丙局");
            Ok(())
        })
        .await
        .unwrap();
    });
}

#[test]
fn a_roster_is_a_draft_until_it_is_applied_or_swept() {
    databases::each(async |fresh| {
        let db = open(fresh).await;
        db.write::<_, Fault>(|tx| {
            let id = accounts::add(tx, &account("guihua", &[]))?;
            let body = serde_json::json!({"sheets": []});
            let roster = rosters::add(tx, "名册.xlsx", "00", body.clone(), at(5), id, "某人")?;
            let found = rosters::find(tx, roster)?.unwrap();
            assert_eq!((found.state.as_str(), found.body), ("draft", Some(body.clone())));
            rosters::add_account(tx, roster, id)?;
            rosters::add_account(tx, roster, id)?;
            assert_eq!(rosters::accounts(tx, roster)?, [id]);
            let tally = rosters::Tally { people_new: 7, ..rosters::Tally::default() };
            assert!(rosters::end(tx, roster, "applied", at(6), tally)?);
            assert!(!rosters::end(tx, roster, "applied", at(7), tally)?, "only once");
            let found = rosters::find(tx, roster)?.unwrap();
            assert_eq!((found.state.as_str(), found.body, found.tally), ("applied", None, tally));
            let old = rosters::add(tx, "旧.xlsx", "01", body, at(5), id, "某人")?;
            assert_eq!(rosters::sweep(tx, at(6), at(9))?, 1);
            assert_eq!(rosters::find(tx, old)?.unwrap().state, "dropped");
            assert_eq!(rosters::recent(tx, i64::MAX, 9)?.len(), 2);
            assert_eq!(rosters::recent(tx, old, 9)?.len(), 1, "a page goes on where the last one ended");
            let asked = rosters::RequestRow { account: id, role: "planner".into(), roster, asked_at: at(6) };
            rosters::ask(tx, &asked)?;
            rosters::ask(tx, &asked)?;
            assert_eq!(rosters::requests(tx)?, [asked]);
            rosters::answer(tx, id)?;
            assert!(rosters::requests(tx)?.is_empty());
            let code = rosters::CodeRow { account: id, code: [3; 32], until: at(99) };
            rosters::save_code(tx, &rosters::CodeRow { code: [2; 32], ..code.clone() })?;
            rosters::save_code(tx, &code)?;
            assert_eq!((rosters::code(tx, &[2; 32])?, rosters::code(tx, &[3; 32])?), (None, Some(code)));
            rosters::forget_code(tx, id)?;
            assert_eq!(rosters::code(tx, &[3; 32])?, None);
            Ok(())
        })
        .await
        .unwrap();
    });
}
