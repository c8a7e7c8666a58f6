#!/usr/bin/env python3
"""Measures the precision of every rule on the development gold and prints the lexicon file `precision.txt`.

    GANGMU_CORPUS=DIR precision.py SCORER BINARY > crates/gangmu-plan/src/compile/lexicon/precision.txt

Right and wrong are decided by the rules of SCORER (`plan_score.py`): what it calls neither is not counted.
A rule's precision is (right + 1) / (seen + 2), the rule of succession, so that a rule seen twice is not sure of itself;
rules that the gold never shows are left out and count 0.75.
The gold: the outline, quantities, targets, tasks, projects, cited plans of plans/huadu-145, the indicator table of the
national plan as text and as a web page, its table of contents, the responsibility brackets of three policies, and
`judged.json`: mechanisms and notices that the compiler reports on the development texts, each judged by hand. What it
reports there and nobody has judged is told on the error stream and not counted.
"""
import collections, csv, hashlib, importlib.util, json, os, re, sys, unicodedata

spec = importlib.util.spec_from_file_location('plan_score', sys.argv[1])
score = importlib.util.module_from_spec(spec)
spec.loader.exec_module(score)
corpus, binary = os.environ['GANGMU_CORPUS'], os.path.abspath(sys.argv[2])
seen, right = collections.Counter(), collections.Counter()
span = score.span


def count(elements, matched, neither=()):
    for x in elements:
        ok = any(x is m for m in matched)
        if not ok and any(score.overlap(span(x), n) for n in neither):
            continue
        seen[x['rule']] += 1
        right[x['rule']] += ok


def outline(gold, got):
    levels = {'part', 'chapter', 'section', 'item', 'subitem', 'box'}
    named = lambda x: (x['level'], score.norm(x['title'])[:24])
    pairs = score.pair([x for x in gold if x['level'] in levels], [x for x in got if x['level'] in levels], lambda a, b: named(a) == named(b))
    count([x for x in got if x['level'] in levels], [b for _, b in pairs])
    leads = [x for x in got if x['level'] in ('lead', 'dash')]
    pairs = score.pair([x for x in gold if x['level'] == 'lead'], leads, lambda a, b: score.overlap(span(a), span(b)))
    count(leads, [b for _, b in pairs])


def same_quantity(a, b):
    if not score.overlap(span(a), span(b)):
        return False
    if a['cls'] != 'arabic':
        return True
    value = a['value']
    if isinstance(value, list):
        numbers = [score.num(x) for x in re.findall(r'\d+(?:\.\d+)?', unicodedata.normalize('NFKC', b['text']))]
        return (score.num(b.get('low')), score.num(b.get('high'))) == (score.num(value[0]), score.num(value[-1])) or numbers == [score.num(x) for x in value]
    (gv, gu), (hv, hu) = score.plain(score.num(value), a['unit']), score.plain(score.num(b.get('value')), b.get('unit'))
    return gv == hv and (gu == hu or gu in ('位',) or not gu)


def same_target(a, b):
    if not score.overlap(span(a), span(b)):
        return False
    if a['value'] is None or a['cls'] in ('coverage', 'zero-statement', 'sign', 'rank-qualitative', 'external-threshold'):
        return True
    if isinstance(a['value'], list):
        return (score.num(b.get('low')), score.num(b.get('high'))) == (score.num(a['value'][0]), score.num(a['value'][-1]))
    return score.plain(score.num(b.get('value')), b.get('unit'))[0] == score.plain(score.num(a['value']), a['unit'])[0]


def district():
    folder = os.path.join(corpus, 'plans', 'huadu-145')
    gold = json.load(open(os.path.join(folder, 'gold.json'), encoding='utf8'))
    out = score.compile_(binary, os.path.join(folder, 'outline.txt'))
    outline(gold['outline'], out['outline'])
    count(out['quantities'], [b for _, b in score.pair(gold['quantities'], out['quantities'], same_quantity)])
    deliver = [span(x) for x in gold['quantities'] if x['kind'] in ('count-of-deliverables', 'standard', 'other')]
    deliver += [span(x) for x in gold['directional_targets']]
    count(out['targets'], [b for _, b in score.pair(gold['targets'], out['targets'], same_target)], deliver)
    tasks = [(s['offset'], s['end']) for s in gold['sentences'] if s['label'] in ('task', 'umbrella', 'rule')]
    count(out['tasks'], [t for t in out['tasks'] if any(a <= t['start'] < b for a, b in tasks)])
    build = [x for x in gold['projects'] if x['role'] == 'build']
    rest = [span(x) for x in gold['projects'] if x['role'] != 'build']
    count(out['projects'], [b for _, b in score.pair(build, out['projects'], lambda a, b: score.overlap(span(a), span(b)))], rest)
    titles = {score.norm(x['title']) for x in gold['plans_cited']}
    count(out['cited'], [x for x in out['cited'] if score.norm(x['title']) in titles])
    names = [m for o in gold['organisations'] for m in o['mentions']]
    count(out['organisations'], [b for _, b in score.pair(names, out['organisations'], lambda a, b: score.overlap(span(a), span(b)))])


def indicators():
    gold = list(csv.DictReader(open(os.path.join(corpus, 'indicators', 'national-fyp15-indicators.csv'), encoding='utf8')))
    for file in ('national-fyp15-outline-with-boxes.txt', 'national-fyp15-box1.html'):
        got = [x for x in score.compile_(binary, os.path.join(corpus, 'plans', file))['indicators'] if x['rows']]
        values = lambda a, b: all(score.num(a[c]) == score.num((b.get(f) or {}).get('value')) for f, c in score.ROWS)
        count(got, [b for _, b in score.pair(gold, got, lambda a, b: score.norm(a['indicator']).endswith(score.norm(b['name'])) and values(a, b))])


def contents():
    """Parts and chapters of the national plan against its own table of contents."""
    path = os.path.join(corpus, 'plans', 'national-fyp15-outline-with-boxes.txt')
    lines = open(path, encoding='utf8').read().split('\n')
    end = next(i for i, line in enumerate(lines) if len(line) > 100)
    listed = {score.norm(line) for line in lines[:end]}
    got = [x for x in score.compile_(binary, path)['outline'] if x['level'] in ('part', 'chapter')]
    count(got, [x for x in got if score.norm(x['number'] + x['title']) in listed])


def brackets():
    for name in ('guofa-2018-38-ftz-53-measures', 'guobanfa-2018-117-incentives', 'guobanfa-2018-121-sports-events'):
        path = os.path.join(corpus, 'policies', name + '.txt')
        text = open(path, encoding='utf8').read()
        gold = [(m.start(), m.end(), score.bodies(m.group(1))) for m in score.BRACKET.finditer(text) if '不需' not in m.group(1)]
        got = score.compile_(binary, path)['responsibilities']
        clean = lambda u: score.norm(re.sub(r'等部门$|等$', '', u))
        units = lambda x: sorted(clean(u) for u in x['lead'] + x['support'] if u != '有关部门')
        count(got, [b for _, b in score.pair(gold, got, lambda a, b: score.overlap(a[:2], span(b)) and a[2] == units(b))])


def judged():
    """Mechanisms and notices that a person has judged one by one."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'judged.json')
    for text in json.load(open(path, encoding='utf8'))['texts']:
        file = os.path.join(corpus, text['file'])
        if hashlib.sha256(open(file, 'rb').read()).hexdigest() != text['sha256']:
            raise SystemExit(f"{text['file']}: not the edition that was judged")
        out = score.compile_(binary, file)
        tell(text['file'], out['mechanisms'], lambda x: [l for a, b, l in text['mechanisms'] if score.overlap(span(x), (a, b))])
        tell(text['file'], out['notices'], lambda x: [l for kind, a, b, l in text['notices'] if kind == x['kind'] and [a, b] == x['spans'][0]])


def tell(file, elements, labels):
    for x in elements:
        label = (labels(x) or ['unjudged'])[0]
        if label == 'unjudged':
            print(f"{file}: {x['rule']} {x.get('spans') or span(x)} is not judged", file=sys.stderr)
        elif label != 'open':
            seen[x['rule']] += 1
            right[x['rule']] += label == 'right'


district()
judged()
indicators()
contents()
brackets()
print('# Precision of the rules on the development gold: `rule = precision  # right of seen`.')
print('# Made by a measured run of tests/gold/precision.py, which says how; a rule that is missing here counts 0.75.')
for rule in sorted(seen):
    print(f'{rule} = {(right[rule] + 1) / (seen[rule] + 2):.2f}  # {right[rule]} of {seen[rule]}')
