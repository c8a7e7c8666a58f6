//! Every sample of every page renders in every language, in the frame of a visitor and of a person.

use gangmu_web::{
    accounts::{AccountPage, AccountsPage, ActivatePage, GoOnPage, LoginPage, PasswordPage, SessionsPage},
    administration::AdministrationPage,
    api::reference::ReferencePage,
    attachments::{AttachmentPage, AttachmentsPage, StorePage},
    backup::BackupsPage,
    home::HomePage,
    house::{GalleryPage, StopPage},
    imports::{ImportPage, ProgressPage},
    indicators::{AdoptPage, CataloguePage, EditPage, IndicatorPage},
    journal::{EntryPage, HistoryPage, JournalPage},
    locale::Language,
    messages::{InboxPage, PreferencesPage},
    operations::{FaultPage, JobPage, OperationsPage, QueuePage, TimerPage},
    pages::{Frame, Noun, Page, Pages, Person, Toast},
    personal::{MinePage, PersonPage, PersonalPage},
    plan::{
        assign::AssignPage, bulk::BulkPage, compare::ComparePage, conflict::ConflictPage, edition::EditionPage,
        list::PlansPage, reader::ReaderPage, register::RegisterPage, review::ReviewPage,
    },
    posts::{OwnPostsPage, PostConflictPage},
    public::{PublicListPage, PublicPage},
    rights::RightsPage,
    rosters::{RequestsPage, RosterPage, RostersPage, SlipsPage},
    search::SearchPage,
    tokens::TokensPage,
};

fn frames(language: Language) -> [Frame; 2] {
    let visitor = Frame {
        language,
        csrf: "c".repeat(64),
        person: None,
        noun: None,
        installation: "示例区规划实施".to_owned(),
        demonstration: false,
        demonstration_date: None,
        address: "/plans?a=b&c=<d>".to_owned(),
        toast: None,
    };
    let person = Frame {
        person: Some(Person {
            name: "林*".to_owned(),
            post: Some("规划科科长".to_owned()),
            deputy_for: Some("陈某".to_owned()),
            unit: Some("示例局".to_owned()),
            plans: true,
            indicators: true,
            search: true,
            messages: (3, 90),
            administration: true,
            journal: true,
            must_change: false,
            last_login: Some("2024-06-29T01:00:00Z".to_owned()),
            idle: 1800,
            left: 43_200,
        }),
        noun: Some(Noun::Plans),
        demonstration: true,
        demonstration_date: Some("2024-06-30".to_owned()),
        toast: Some(Toast {
            key: "toast-accepted".to_owned(),
            subject: "4".to_owned(),
            undo: Some("/undo".to_owned()),
        }),
        ..visitor.clone()
    };
    [visitor, person]
}

/// Renders all samples of a page and hands every text to the judge.
fn each<P: Page>(judge: &mut impl FnMut(&str, Language, &str)) {
    let pages = Pages::load().expect("the embedded pages are whole");
    for language in Language::ALL {
        for frame in frames(language) {
            for sample in P::samples() {
                let html = pages
                    .render(&frame, &sample)
                    .unwrap_or_else(|error| panic!("{} in {}: {error:#}", P::TEMPLATE, language.tag()));
                judge(P::TEMPLATE, language, &html);
            }
        }
    }
}

fn every_page(mut judge: impl FnMut(&str, Language, &str)) {
    let judge = &mut judge;
    each::<ReaderPage>(judge);
    each::<RegisterPage>(judge);
    each::<ReviewPage>(judge);
    each::<AssignPage>(judge);
    each::<BulkPage>(judge);
    each::<ConflictPage>(judge);
    each::<EditionPage>(judge);
    each::<ComparePage>(judge);
    each::<AttachmentsPage>(judge);
    each::<AttachmentPage>(judge);
    each::<StorePage>(judge);
    each::<PlansPage>(judge);
    each::<ImportPage>(judge);
    each::<ProgressPage>(judge);
    each::<CataloguePage>(judge);
    each::<IndicatorPage>(judge);
    each::<EditPage>(judge);
    each::<AdoptPage>(judge);
    each::<HomePage>(judge);
    each::<OperationsPage>(judge);
    each::<FaultPage>(judge);
    each::<JobPage>(judge);
    each::<QueuePage>(judge);
    each::<TimerPage>(judge);
    each::<SearchPage>(judge);
    each::<TokensPage>(judge);
    each::<ReferencePage>(judge);
    each::<PublicPage>(judge);
    each::<PublicListPage>(judge);
    each::<LoginPage>(judge);
    each::<AccountsPage>(judge);
    each::<BackupsPage>(judge);
    each::<AdministrationPage>(judge);
    each::<OwnPostsPage>(judge);
    each::<PostConflictPage>(judge);
    each::<RightsPage>(judge);
    each::<AccountPage>(judge);
    each::<PasswordPage>(judge);
    each::<SessionsPage>(judge);
    each::<GoOnPage>(judge);
    each::<ActivatePage>(judge);
    each::<RostersPage>(judge);
    each::<MinePage>(judge);
    each::<PersonPage>(judge);
    each::<PersonalPage>(judge);
    each::<RosterPage>(judge);
    each::<SlipsPage>(judge);
    each::<RequestsPage>(judge);
    each::<InboxPage>(judge);
    each::<PreferencesPage>(judge);
    each::<JournalPage>(judge);
    each::<HistoryPage>(judge);
    each::<EntryPage>(judge);
    each::<GalleryPage>(judge);
    each::<StopPage>(judge);
}

#[test]
fn every_page_renders_in_every_language_from_its_samples() {
    let mut rendered = 0;
    every_page(|template, language, html| {
        rendered += 1;
        assert!(html.contains(&format!("<html lang=\"{}\">", language.tag())), "{template} says its language");
        assert!(html.contains("</html>"), "{template} is whole");
    });
    assert!(rendered > 100, "{rendered} pages were rendered");
}

#[test]
fn no_page_carries_script_or_style_of_its_own() {
    every_page(|template, _, html| {
        for forbidden in [" style=\"", "<style", " onclick=", " onload=", "javascript:", "http://", "https://"] {
            let clean = html.replace("http://www.w3.org/2000/svg", "");
            assert!(!clean.contains(forbidden), "{template} has {forbidden}");
        }
        for script in html.split("<script").skip(1) {
            assert!(script.starts_with(" type=\"module\" src=\"/assets/"), "{template}: scripts are files");
        }
    });
}

#[test]
fn no_refusal_is_without_words() {
    every_page(|template, language, html| {
        let lost = match language {
            Language::Chinese => "因规则限制没有做成，代码",
            Language::English => "A rule forbids it, code",
        };
        assert!(!html.contains(lost), "{template} in {} shows a code without words", language.tag());
    });
}

#[test]
fn public_pages_work_without_script_and_are_small() {
    let css: usize = ["assets/base.css", "assets/public.css"]
        .iter()
        .map(|file| std::fs::metadata(format!("{}/{file}", env!("CARGO_MANIFEST_DIR"))).expect("it stands there").len())
        .map(|bytes| usize::try_from(bytes).expect("a small file"))
        .sum();
    each::<PublicPage>(&mut |template, _, html| {
        assert!(!html.contains("<script"), "{template} needs no script");
        assert!(!html.contains("certainty"), "{template} shows no confidence");
        assert!(html.len() + css < 60_000, "{template}: {} bytes with its style sheets", html.len() + css);
    });
}

#[test]
fn every_form_that_changes_something_carries_its_secret() {
    every_page(|template, _, html| {
        for form in html.split("<form").skip(1) {
            let (head, rest) = form.split_once('>').expect("a tag is closed");
            let inside = rest.split("</form>").next().unwrap_or_default();
            if head.contains("method=\"post\"") {
                assert!(inside.contains("name=\"csrf\""), "{template}: a form without its secret: {head}");
            }
        }
    });
}
