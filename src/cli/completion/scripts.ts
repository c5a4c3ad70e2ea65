/** Text as it stands, but for `$\\{`, which is how `${` is written in it. */
const script = (text: TemplateStringsArray): string => String.raw(text).replaceAll('$\\{', '${');

/** By shell: the script that asks `PROGRAM __complete` what a word may become. `PROGRAM` is put in by the caller. */
export const scripts: Readonly<Record<string, string>> = {
  bash: script`# bash completion for PROGRAM: source <(PROGRAM completion bash)
__PROGRAM_complete() {
  # Bash cuts words at the signs of COMP_WORDBREAKS too: put together again what no space parts.
  local rest=$\{COMP_LINE:0:COMP_POINT} words=() word after
  for word in "$\{COMP_WORDS[@]:0:COMP_CWORD+1}"; do
    after=$\{rest#"$\{rest%%[![:space:]]*}"}
    if [[ $\{#words[@]} -eq 0 || $after != "$rest" ]]; then words+=("$\{after:0:$\{#word}}"); else words[-1]+=$\{after:0:$\{#word}}; fi
    rest=$\{after:$\{#word}}
  done
  local current=$\{words[-1]} out directive line
  out=$("$\{words[0]}" __complete "$\{words[@]:1}" 2>/dev/null) || return
  directive=$\{out##*:}
  out=$\{out%:*}
  COMPREPLY=()
  if ((directive & 8)); then
    local extensions=$\{out//$'\n'/|}
    compopt -o filenames 2>/dev/null
    while IFS= read -r line; do COMPREPLY+=("$line"); done < <(shopt -s extglob; compgen -d -- "$current"; compgen -f -X "!*.@($\{extensions%|})" -- "$current")
    return
  fi
  if ((directive & 16)); then
    compopt -o filenames 2>/dev/null
    while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -d -- "$current")
    return
  fi
  while IFS= read -r line; do
    [[ -n $line ]] || continue
    # Descriptions only where the words are listed, not where they are put in.
    if [[ $COMP_TYPE == 63 && $line == *$'\t'* ]]; then line="$\{line%%$'\t'*}  ($\{line#*$'\t'})"; else line=$\{line%%$'\t'*}; fi
    COMPREPLY+=("$line")
  done <<<"$out"
  if [[ $\{#COMPREPLY[@]} -eq 1 ]]; then COMPREPLY[0]=$\{COMPREPLY[0]%%  (*}; fi
  if [[ $\{#COMPREPLY[@]} -eq 0 ]]; then ((directive & 4)) || compopt -o default 2>/dev/null; return; fi
  if ((directive & 2)); then compopt -o nospace 2>/dev/null; fi
  # What stands before the last cut is not part of the word that bash replaces.
  local cut=''
  [[ $COMP_WORDBREAKS == *:* && $current == *:* ]] && cut=$\{current%"$\{current##*:}"}
  [[ $COMP_WORDBREAKS == *=* && $current == *=* ]] && cut=''
  [[ -n $cut ]] && COMPREPLY=("$\{COMPREPLY[@]#"$cut"}")
  return 0
}
complete -F __PROGRAM_complete PROGRAM
`,
  zsh: script`#compdef PROGRAM
# zsh completion for PROGRAM: source <(PROGRAM completion zsh), or a file _PROGRAM on the fpath
_PROGRAM() {
  local out directive line
  local -a lines candidates
  out=$("$\{(Q)words[1]}" __complete "$\{(@Q)words[2,CURRENT]}" 2>/dev/null) || return
  lines=("$\{(@f)out}")
  directive=$\{lines[-1]#:}
  lines[-1]=()
  if ((directive & 8)); then _files -g "*.($\{(j:|:)lines})"; return; fi
  if ((directive & 16)); then _files -/; return; fi
  for line in "$\{lines[@]}"; do
    [[ -n $line ]] || continue
    line=$\{line//:/\\:}
    candidates+=("$\{line/$'\t'/:}")
  done
  if (($\{#candidates} == 0)); then ((directive & 4)) || _files; return; fi
  local -a options
  ((directive & 2)) && options=(-S '')
  [[ $PREFIX == -*=* ]] && compset -P '*='
  _describe -V 'completions' candidates "$\{options[@]}"
}
if [[ $\{funcstack[1]} == _PROGRAM ]]; then _PROGRAM; else (( $+functions[compdef] )) || { autoload -Uz compinit; compinit }; compdef _PROGRAM PROGRAM; fi
`,
  fish: script`# fish completion for PROGRAM: PROGRAM completion fish | source
function __PROGRAM_complete
  set -l words (commandline -opc) (commandline -ct)
  set -l lines ($words[1] __complete $words[2..-1] 2>/dev/null)
  or return
  set -l directive (string sub -s 2 -- $lines[-1])
  set -e lines[-1]
  if test (math "bitand($directive, 8)") -ne 0; or test (math "bitand($directive, 16)") -ne 0
    __fish_complete_path (commandline -ct)
    return
  end
  if test (count $lines) -eq 0; and test (math "bitand($directive, 4)") -eq 0
    __fish_complete_path (commandline -ct)
    return
  end
  # An empty list would take the words with it.
  set -l before (string match -r -- '^--[^=]*=' (commandline -ct); or echo '')
  for line in $lines
    printf '%s\n' $before$line
  end
end
complete -c PROGRAM -e
complete -c PROGRAM -f -a '(__PROGRAM_complete)'
`,
  powershell: script`# PowerShell completion for PROGRAM: PROGRAM completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName 'PROGRAM' -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $elements = @($commandAst.CommandElements | Where-Object { $_.Extent.StartOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })
  $words = @($elements | Select-Object -Skip 1)
  if ($wordToComplete -eq '') { $words += '""' }
  $lines = @(& $elements[0] __complete @words 2>$null)
  if ($lines.Count -eq 0) { return }
  $directive = [int]$lines[-1].TrimStart(':')
  $found = @($lines | Select-Object -SkipLast 1 | Where-Object { $_ })
  if ($found.Count -eq 0 -and ($directive -band 4)) { return '' }
  $space = if ($directive -band 2) { '' } else { ' ' }
  foreach ($line in $found) {
    $parts = $line.Split([char]9, 2)
    $tip = if ($parts.Count -gt 1) { $parts[1] } else { ' ' }
    [System.Management.Automation.CompletionResult]::new($parts[0] + $space, $parts[0], 'ParameterValue', $tip)
  }
}
`,
};
