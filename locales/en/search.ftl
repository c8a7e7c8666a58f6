# Search.

found = *{ $count }* found
found-more = There are more; make the words more specific.
found-nothing = Nothing found for “{ $query }”
found-nothing-next = Try a shorter word, or a clause such as 5.2.二.
search-main = Search all plans
search-what = Enter a word, project, organisation or clause to search all plans, editions and commitments.
kinds-of-hits = Kinds of results
hit-all = All
hit-plan = Plans
hit-clause = Clauses
hit-commitment = Commitments
hit-one-plan = Plan
hit-one-clause = Clause
hit-one-commitment = Commitment
