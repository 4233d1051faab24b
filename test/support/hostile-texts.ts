/** Texts that break programs which quote badly. NUL is in those of `HOSTILE_TEXTS` only: no argument can hold it. */
export const HOSTILE_WORDS: readonly string[] = [
  "",
  " ",
  "plain",
  "it's",
  `"double" and 'single'`,
  "'''\"\"\"",
  "back\\slash \\n \\u0041 \\",
  "line\nbreak\r\nand\ttab",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell would read it
  "$(touch /tmp/never) `id` ${HOME} $HOME !! !event",
  "a; b & c | d > e < f # g * ? [h] {i,j} ~ ~/k",
  "%s %d %% \\x41 \\101 \\0",
  "-e --data @file",
  "Grüße, 日本語, 🜚 \u{1f469}\u200d\u{1f469}",
  "\u2028\u2029\u0085\u00a0\ufeff\u200b\u202e",
  "\u0001\u001b[31m\u007f",
  "EOF\nEND\n'EOF'",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: JavaScript would read it
  '#{ruby} #"# r#"raw"# {rust} {{}} `js ${1}`',
  "</script><!-- ]]>",
];

export const HOSTILE_TEXTS: readonly string[] = [...HOSTILE_WORDS, "\0", "a\0b", "1\x002"];
