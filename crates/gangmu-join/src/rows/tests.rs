use super::*;

#[test]
fn headings_of_a_table_rank_by_their_form() {
    for (text, wanted) in
        [("第二章 枢纽", 1), ("第一节 机场", 2), ("一、枢纽", 3), ("（一）机场", 4), ("1.机场", 5), ("机场", 9)]
    {
        assert_eq!(rank(text), wanted, "{text}");
    }
}
