import { compileGoTemplate, goTemplateFailure, type TemplateError } from '../../../src/api/gotemplate';
import { kubectl } from '../../support/oracle';
import { recorded } from '../../support/recorded';

const object = {
  apiVersion: 'v1', kind: 'Thing', metadata: { name: 'x', labels: { 'a.b/c': 'd', e: '<&>' } },
  spec: { list: [{ name: 'p', n: 1, on: true }, { name: 'q', n: 2, tags: ['s', 't'] }, { name: 'r', n: 3.5 }], none: null, empty: [], big: 12345678.5, number: 1234567, yes: true, no: false, zero: 0, text: 'é', code: 'aGk=', nested: [[1, 2]] },
};

interface Answer {
  stdout: string;
  stderr: string;
}

const theirs = (template: string, extra: string[] = []): Answer => {
  const { stdout, stderr } = kubectl(['label', '--local', '-f', '-', 'gone-', '-o', `go-template=${template}`, ...extra], JSON.stringify(object));
  return { stdout, stderr };
};

function ours(template: string, allowMissingKeys = true): Answer {
  let run: (data: unknown) => string;
  try {
    run = compileGoTemplate(template, { allowMissingKeys });
  } catch (error) {
    return { stdout: '', stderr: `error: error parsing template ${template}, ${(error as Error).message}\n` };
  }
  try {
    return { stdout: run(object), stderr: '' };
  } catch (error) {
    const { stdout, stderr } = goTemplateFailure(template, error as TemplateError, object);
    return { stdout, stderr: `error: ${stderr}\n` };
  }
}

const record = recorded<Answer>('gotemplate');

test.each([
  // text, fields and printing
  'text', '{{.metadata.name}}', 'a {{- .metadata.name -}} b', 'a\n  {{- /* note */ -}}\n b', '{{/* note */}}', '{{.}}', '{{.nope}}', '{{.nope.deep.er}}', '{{.spec.none}}', '{{.spec.none.x}}', '{{.metadata.name.x}}', '{{.spec.list.name}}', '{{.spec.list}}',
  '{{.spec.big}} {{.spec.number}} {{.spec.yes}} {{.spec.text}}', '{{"a\\tb"}}{{`r\\aw`}}{{1}}{{1.50}}{{-3}}{{0x1F}}{{1e3}}{{\'a\'}}{{true}}', '{{$}}', '{{$.kind}}', '{{ . | len }}', '{{.metadata.labels.e}}', '{{(.metadata).name}}', '{{.metadata.name.x.y}}',
  // if, with, else
  '{{if .spec.yes}}y{{else}}n{{end}}', '{{if .spec.no}}y{{else}}n{{end}}', '{{if .spec.zero}}y{{else if .spec.text}}m{{else}}n{{end}}', '{{if .spec.empty}}y{{end}}', '{{if .nope}}y{{else}}n{{end}}', '{{with .metadata}}{{.name}}{{end}}', '{{with .nope}}{{.name}}{{else}}none{{end}}',
  '{{with $m := .metadata}}{{$m.name}}{{$.kind}}{{end}}', '{{with .nope}}{{else with .metadata}}{{.name}}{{end}}', '{{if and .spec.yes .spec.text}}{{or .spec.no "x"}}{{end}}', '{{if not .spec.no}}y{{end}}', '{{and 1 0 .nope.x}}', '{{or}}', '{{not}}', '{{and .spec.yes}}', '{{.spec.yes | and .spec.no}}',
  // range
  '{{range .spec.list}}{{.name}},{{end}}', '{{range $i, $e := .spec.list}}{{$i}}={{$e.name}} {{end}}', '{{range $e := .spec.list}}{{$e.n}} {{end}}', '{{range $k, $v := .metadata.labels}}{{$k}}={{$v}} {{end}}', '{{range .spec.empty}}x{{else}}none{{end}}', '{{range .nope}}x{{else}}none{{end}}', '{{range 3}}{{.}}{{end}}',
  '{{range $i := 3}}{{$i}}{{end}}', '{{range $i, $j := 3}}x{{end}}', '{{range .metadata.name}}x{{end}}', '{{range .spec.yes}}x{{end}}', '{{range .spec.list}}{{if eq .name "q"}}{{break}}{{end}}{{.name}}{{end}}', '{{range .spec.list}}{{if eq .name "q"}}{{continue}}{{end}}{{.name}}{{end}}', '{{range .spec.list}}{{.name}}{{range .tags}}{{.}}{{end}}{{end}}',
  '{{$x := 1}}{{range .spec.list}}{{$x = .n}}{{end}}{{$x}}', '{{range .spec.list}}{{.name.x}}{{end}}', '{{range $i, $e = .spec.list}}{{end}}', '{{range .spec.none}}x{{else}}e{{end}}', '{{range 0}}x{{else}}e{{end}}',
  // functions
  '{{len .metadata.name}} {{len .spec.list}} {{len .metadata}} {{len .spec.text}}', '{{len .spec.yes}}', '{{len .nope}}', '{{len .spec.none}}', '{{index .spec.list 0}}', '{{index .spec.list 0 "name"}}', '{{index .spec.list 9}}', '{{index .spec.list -1}}', '{{index .spec.list "x"}}', '{{index .metadata.labels "a.b/c"}}', '{{index .metadata.labels "nope"}}',
  '{{index .metadata.labels 1}}', '{{index .nope "x"}}', '{{index .metadata.name 0}}', '{{index .spec.yes 0}}', '{{(index .spec.list 1).name}}', '{{slice .metadata.name 0 1}}', '{{slice .spec.list 1}}', '{{slice .spec.list 1 2}}', '{{slice .spec.list 2 1}}', '{{slice .spec.list 0 9}}', '{{slice .spec.yes 0}}', '{{print .spec.number "x" 1 2}}', '{{println .kind 1}}',
  '{{printf "%s-%d-%v-%q" .kind 5 .spec.yes "z"}}', '{{printf "%5s|%-5s|%05d|%x|%X|%t|%.2f|%e|%g" "a" "b" 42 255 255 true 3.14159 1234.5 0.5}}', '{{printf "%d" "x"}}', '{{printf "%d"}}', '{{printf "%d" 1 2}}', '{{printf "%!"}}', '{{printf "%z" 1}}', '{{printf "%T" "x"}}', '{{printf 5}}', '{{printf .nope}}', '{{printf .spec.list}}', '{{printf "%v" .spec.list}}', '{{printf "%s" .nope}}',
  '{{printf "%+d %x %q %c %U %o %b %08.3f" 5 "hi" 65 65 65 8 5 3.14159}}', '{{printf "%*d" 5 42}}', '{{printf "%6.2f|%-8q|%#x|%#q" 3.14159 "a" "hi" "b"}}', '{{printf "%v %v" .spec.big .metadata.labels}}', '{{printf "%s" .spec.list}}', '{{printf "%d" .spec.list}}', '{{.kind | printf "%s-%s" "a"}}', '{{html "<a href=\'x\'>&\\""}}', '{{js "it\'s <b>"}}', '{{urlquery "a b&c/d?"}}',
  '{{eq .kind "Thing"}} {{eq .kind "a" "Thing"}} {{ne .kind "x"}} {{eq 1 1.0}}', '{{lt 1 2}} {{le 2 2}} {{gt "b" "a"}} {{ge 1 2}}', '{{eq .spec.number 1234567}}', '{{eq .spec.big 1}}', '{{lt .spec.yes true}}', '{{eq .nope nil}}', '{{eq .spec.list .spec.list}}', '{{lt .nope 1}}', '{{eq .kind}}', '{{eq}}', '{{eq .nope "x"}}', '{{eq .spec.none nil}}', '{{eq .metadata "x"}}', '{{lt 1}}',
  '{{exists .metadata "name"}} {{exists .metadata "nope"}} {{exists .spec.list 0 "name"}} {{exists .nope "x"}}', '{{base64decode .spec.code}}', '{{.spec.code | base64decode}}', '{{base64decode "a"}}', '{{base64decode "!!!!"}}', '{{base64decode .nope}}', '{{base64decode 5}}', '{{call .kind}}',
  // templates, variables
  '{{define "T"}}[{{.}}]{{end}}{{template "T" .kind}}{{template "T"}}', '{{block "B" .kind}}<{{.}}>{{end}}', '{{template "nope"}}', '{{$x := .kind}}{{$x}}{{$x = "y"}}{{$x}}', '{{$x := .metadata}}{{$x.name}}', '{{$x := .metadata.name}}{{$x.foo}}', '{{$x}}', '{{$x = 1}}', '{{define "T"}}{{$x}}{{end}}', '{{define "R"}}{{template "R" .}}{{end}}x', '{{if $x := .kind}}{{$x}}{{end}}{{$x}}',
  // errors in parsing
  '{{', '{{.kind', '{{.kind}', '{{if}}', '{{if .kind}}', '{{end}}', '{{else}}', '{{range}}{{end}}', '{{foo}}', '{{.kind | foo}}', '{{"a}}', '{{`a}}', "{{'ab'}}", '{{1x}}', '{{.kind)}}', '{{(.kind}}', '{{()}}', '{{.kind | 5}}', '{{nil}}', '{{.kind .name}}', '{{5 6}}', '{{"a".b}}', '{{5.x}}', '{{.a.}}', '{{&}}', '{{.kind&}}', '{{|}}', '{{.kind | }}', '{{break}}', '{{continue}}',
  '{{template}}', '{{template x}}', '{{define}}{{end}}', '{{define "x"}}', '{{if .a}}{{else}}{{else}}{{end}}', '{{/* a', '{{/* a */ b}}', '{{$x, $y := .kind}}', '{{range $x, $y, $z := .kind}}{{end}}', '{{with}}{{end}}', '{{é}}', '{{.é}}', '{{true.x}}', '{{\n.kind\n}}', 'a\nb{{.metadata.name.x}}', '{{if .kind}}\n\n{{.metadata.name.x}}{{end}}', '{{.kind\n', '{{define "x"}}{{define "y"}}{{end}}{{end}}',
  '{{.metadata.name | len | printf "%d"}}', '{{with $x := 5}}{{$x}}{{end}}', '{{(.nope).x}}', '{{len (index .spec.list 1).tags}}', '{{not .nope}}', '{{.kind.}}', '{{ (len .kind) }}', '{{- -}}', '{{ "}}" }}', '{{print nil}}', '{{print .nope}}', '{{index nil 1}}', '{{print (print .kind)}}', '{{.spec.nested}}', '{{index .spec.nested 0 1}}', '{{print 1.0 2.5 1e20}}',
])('%j', (template) => expect(ours(template)).toEqual(record(template, () => theirs(template))));

test.each(['{{.nope}}', '{{.metadata.nope}}', '{{.metadata.nope.x}}', '{{range .nope}}{{end}}', '{{if .nope}}{{end}}', '{{index .metadata "nope"}}', '{{.spec.none}}', '{{(index .metadata "nope").x}}'])(
  'without missing keys: %j', (template) => expect(ours(template, false)).toEqual(record(`strict ${template}`, () => theirs(template, ['--allow-missing-template-keys=false']))));
