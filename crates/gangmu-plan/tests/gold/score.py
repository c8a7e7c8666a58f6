#!/usr/bin/env python3
"""Scores the compiler on the development gold and on the texts left out, side by side.

    GANGMU_CORPUS=DIR score.py SCORER BINARY

SCORER is `plan_score.py`, whose rules decide what is right; DIR holds `plans/`.
The first table is F1 (precision / recall) of each category; the second is the observed precision of each
confidence word on the texts left out, by the same rules: an element that the scorer calls neither right nor
wrong is not counted.
"""
import hashlib, importlib.util, io, json, os, sys, tempfile
from contextlib import redirect_stdout

HERE = os.path.dirname(os.path.abspath(__file__))
WORDS = (('有把握', 0.95), ('较有把握', 0.80), ('拿不准', 0.0))
POSITIVE = {'task', 'umbrella', 'rule'}


def corpus():
    folder = os.environ.get('GANGMU_CORPUS')
    if not folder:
        raise SystemExit('GANGMU_CORPUS is not set: it names the folder that holds plans/')
    return os.path.join(folder, 'plans')


def scorer(path):
    spec = importlib.util.spec_from_file_location('plan_score', path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def texts(plans, scratch):
    """(short name, gold file, text file); slices are cut out and checked against their digest."""
    yield 'huadu (development)', os.path.join(plans, 'huadu-145', 'gold.json'), os.path.join(plans, 'huadu-145', 'outline.txt')
    for name in ('national-fyp15-slice', 'shanghai-medical-device'):
        gold = os.path.join(HERE, name + '.json')
        meta = json.load(open(gold, encoding='utf8'))['meta']
        source = os.path.join(plans, meta['file'])
        raw = open(source, 'rb').read()
        if hashlib.sha256(raw).hexdigest() != meta['sha256']:
            raise SystemExit(f"{meta['file']}: not the edition that was annotated")
        text = raw.decode('utf-8-sig')
        if meta['slice']:
            text = text[meta['slice']['start']:meta['slice']['end']]
            if hashlib.sha256(text.encode()).hexdigest() != meta['slice']['sha256']:
                raise SystemExit(f'{name}: the slice differs from the one annotated')
        target = os.path.join(scratch, name + os.path.splitext(source)[1])
        open(target, 'w', encoding='utf8', newline='').write(text)
        yield name, gold, target


def brackets(score, binary, table, text):
    """Responsibility brackets by the scorer's own form: the units named in each."""
    t = open(text, encoding='utf-8-sig', newline='').read()
    gold = [(m.start(), m.end(), score.bodies(m.group(1))) for m in score.BRACKET.finditer(t)]
    units = lambda x: sorted(score.norm(score.re.sub(r'等部门$|等$', '', u)) for u in (x.get('lead') or []) + (x.get('support') or []))
    got = [(x['start'], x['end'], units(x)) for x in score.compile_(binary, text)['responsibilities']]
    pairs = score.pair(gold, got, lambda a, b: score.overlap(a[:2], b[:2]) and a[2] == b[2])
    table.add('responsibility brackets', score.prf(len(pairs), len(gold), len(got)))


def side_by_side(score, binary, all_texts):
    columns, names = [], []
    for name, gold, text in all_texts:
        table = score.Table()
        with redirect_stdout(io.StringIO()):
            score.one_text(binary, table, gold, text)
            brackets(score, binary, table, text)
        columns.append((name, {row[0]: row for row in table.rows}))
        names += [row[0] for row in table.rows if row[0] not in names]
    print('| category | ' + ' | '.join(f'{name}: F1 (P / R), gold' for name, _ in columns) + ' |')
    print('|---' * (len(columns) + 1) + '|')
    for name in names:
        cells = []
        for _, rows in columns:
            row = rows.get(name)
            if row is None:
                cells.append('—')
                continue
            _, f1, p, r, gold, got = row[:6]
            cells.append('nothing to find' if gold == 0 and got == 0 else f'{f1:.3f} ({p:.3f} / {r:.3f}), {gold}')
        print(f'| {name} | ' + ' | '.join(cells) + ' |')


def verdicts(score, gold, out):
    """Yields (kind, element, right) of everything the scorer's rules decide."""
    span, overlap = score.span, score.overlap
    classes = ('part', 'chapter', 'section', 'item', 'subitem', 'box')
    levels = {x['level'] for x in gold['outline']}
    key = lambda x: (x['level'], score.norm(x['title'])[:24])
    headings = [x for x in out['outline'] if x['level'] in classes and x['level'] in levels]
    paired = [h for _, h in score.pair(gold['outline'], headings, lambda a, b: key(a) == key(b))]
    for h in headings:
        yield 'outline', h, any(h is p for p in paired)

    def same_value(a, b):
        if isinstance(a['value'], list):
            return (score.num(b.get('low')), score.num(b.get('high'))) == (score.num(a['value'][0]), score.num(a['value'][-1]))
        return None

    def same_quantity(a, b):
        if not overlap(span(a), span(b)):
            return False
        if a['cls'] != 'arabic':
            return True
        ranged = same_value(a, b)
        if ranged is not None:
            return ranged
        left, left_unit = score.plain(score.num(a['value']), a['unit'])
        right, right_unit = score.plain(score.num(b.get('value')), b.get('unit'))
        return left == right and (left_unit == right_unit or not left_unit)

    paired = [h for _, h in score.pair(gold['quantities'], out['quantities'], same_quantity)]
    for q in out['quantities']:
        yield 'quantities', q, any(q is p for p in paired)

    def same_target(a, b):
        if not overlap(span(a), span(b)):
            return False
        if a['value'] is None or a['cls'] in ('coverage', 'zero-statement', 'sign', 'rank-qualitative', 'external-threshold'):
            return True
        ranged = same_value(a, b)
        if ranged is not None:
            return ranged
        return score.plain(score.num(b.get('value')), b.get('unit'))[0] == score.plain(score.num(a['value']), a['unit'])[0]

    spare = [span(x) for x in gold['quantities'] if x['kind'] in ('count-of-deliverables', 'standard', 'other')]
    spare += [span(x) for x in gold['directional_targets']]
    paired = [h for _, h in score.pair(gold['targets'], out['targets'], same_target)]
    for t in out['targets']:
        right = any(t is p for p in paired)
        if right or not any(overlap(span(t), s) for s in spare):
            yield 'targets', t, right

    build = [x for x in gold['projects'] if x['role'] == 'build']
    rest = [span(x) for x in gold['projects'] if x['role'] != 'build']
    paired = [h for _, h in score.pair(build, out['projects'], lambda a, b: overlap(span(a), span(b)))]
    for p in out['projects']:
        right = any(p is q for q in paired)
        if right or not any(overlap(span(p), s) for s in rest):
            yield 'projects', p, right

    for task in out['tasks']:
        for s in gold['sentences']:
            if s['offset'] <= task['start'] < s['end']:
                yield 'tasks', task, s['label'] in POSITIVE
                break


def by_confidence(score, binary, left_out):
    counts = {}
    for _, gold, text in left_out:
        out = score.compile_(binary, text)
        for kind, element, right in verdicts(score, json.load(open(gold, encoding='utf8')), out):
            word = next(w for w, least in WORDS if float(element['confidence']) >= least)
            for row in (kind, 'all'):
                cell = counts.setdefault(row, {}).setdefault(word, [0, 0])
                cell[0] += right
                cell[1] += 1
    print('| reported as | ' + ' | '.join(f'{w}: right / all' for w, _ in WORDS) + ' |')
    print('|---' * (len(WORDS) + 1) + '|')
    for kind in ('outline', 'quantities', 'targets', 'projects', 'tasks', 'all'):
        cells = []
        for word, _ in WORDS:
            right, n = counts.get(kind, {}).get(word, (0, 0))
            cells.append(f'{right} / {n} = {right / n:.3f}' if n else '—')
        print(f'| {kind} | ' + ' | '.join(cells) + ' |')


def main():
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    score, binary = scorer(sys.argv[1]), os.path.abspath(sys.argv[2])
    with tempfile.TemporaryDirectory() as scratch:
        found = list(texts(corpus(), scratch))
        side_by_side(score, binary, found)
        print()
        by_confidence(score, binary, found[1:])


if __name__ == '__main__':
    main()
