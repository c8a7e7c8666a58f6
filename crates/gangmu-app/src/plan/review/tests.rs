use super::*;
use gangmu_plan::proposal::Owners;

fn project(text: &str) -> Form {
    Form {
        kind: CommitmentKind::Project,
        text: text.into(),
        degree: None,
        owners: Owners::default(),
        deadline: None,
        goal: None,
        attribute: None,
    }
}

#[test]
fn a_list_of_names_suggests_its_split_and_one_name_none() {
    let names = |text: &str| parts(&project(text)).into_iter().map(|f| f.text).collect::<Vec<_>>();
    assert_eq!(names("东坑泵站改造、西坑泵站改造"), ["东坑泵站改造", "西坑泵站改造"]);
    assert_eq!(names("东坑泵站改造"), Vec::<String>::new());
    assert_eq!(names("水、电配套工程"), Vec::<String>::new());
}
