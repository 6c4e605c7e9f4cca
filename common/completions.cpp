// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/completions.h"

#include <fmt/format.h>

#include <algorithm>

namespace dateline {
namespace {

/// `text` in single quotes, as all three shells read them.
std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      out += c;
    }
  }
  return out + "'";
}

/// The name of a shell function for the program.
std::string function_of(const ProgramText& program) {
  auto name = fmt::format("_{}", program.name);
  std::ranges::replace(name, '-', '_');
  return name;
}

/// "-f|--format", a pattern of case.
std::string bash_pattern(const OptionRow& row) {
  return row.letter == 0 ? fmt::format("--{}", row.name)
                         : fmt::format("-{}|--{}", row.letter, row.name);
}

/// The command that completes a value; "" where nothing is known of it.
std::string bash_values(const OptionRow& row) {
  switch (row.kind) {
    case ValueKind::choice:
    case ValueKind::suggestion:
      return fmt::format("mapfile -t COMPREPLY < <(compgen -W {} -- \"$word\")",
                         quoted(row.choices));
    case ValueKind::file:
      return "compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- \"$word\")";
    case ValueKind::folder:
      return "compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- \"$word\")";
    case ValueKind::text:
    case ValueKind::number:
      break;
  }
  return "COMPREPLY=()";
}

std::string bash_script(std::span<const OptionRow> rows, const ProgramText& program) {
  const auto function = function_of(program);
  std::string cases;
  std::string names;
  for (const auto& row : rows) {
    names += fmt::format("{}--{}", names.empty() ? "" : " ", row.name);
    if (row.argument.empty()) continue;
    cases += fmt::format("    {}) {}; return ;;\n", bash_pattern(row), bash_values(row));
  }
  return fmt::format(
      "# bash completion for {0}\n"
      "{1}() {{\n"
      "  local word=\"${{COMP_WORDS[COMP_CWORD]}}\" previous=\"${{COMP_WORDS[COMP_CWORD-1]}}\"\n"
      "  # bash takes --name=value apart at the sign.\n"
      "  if [[ $word == = ]]; then\n"
      "    word=\n"
      "  elif [[ $previous == = ]]; then\n"
      "    previous=\"${{COMP_WORDS[COMP_CWORD-2]}}\"\n"
      "  fi\n"
      "  case \"$previous\" in\n{2}  esac\n"
      "  if [[ $word == -* ]]; then\n"
      "    mapfile -t COMPREPLY < <(compgen -W {3} -- \"$word\")\n"
      "  else\n"
      "    compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- \"$word\")\n"
      "  fi\n"
      "}}\n"
      "complete -F {1} {0}\n",
      program.name, function, cases, quoted(names));
}

/// Text inside the brackets of an argument specification.
std::string zsh_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::string zsh_values(const OptionRow& row) {
  switch (row.kind) {
    case ValueKind::choice:
    case ValueKind::suggestion:
      return fmt::format("({})", row.choices);
    case ValueKind::file:
      return "_files";
    case ValueKind::folder:
      return "_files -/";
    case ValueKind::text:
    case ValueKind::number:
      break;
  }
  return " ";
}

std::string zsh_script(std::span<const OptionRow> rows, const ProgramText& program) {
  auto script =
      fmt::format("#compdef {0}\n# zsh completion for {0}\n_arguments -s \\\n", program.name);
  for (const auto& row : rows) {
    const auto value = row.argument.empty()
                           ? std::string()
                           : fmt::format(":{}:{}", zsh_text(row.argument), zsh_values(row));
    const auto tail = fmt::format("[{}]{}", zsh_text(row.help), value);
    const auto repeats = row.repeatable ? "*" : "";
    script += fmt::format("  {} \\\n", quoted(fmt::format("{}--{}{}", repeats, row.name, tail)));
    if (row.letter != 0) {
      script += fmt::format("  {} \\\n", quoted(fmt::format("{}-{}{}", repeats, row.letter, tail)));
    }
  }
  return script + "  '*:argument:_files'\n";
}

std::string fish_script(std::span<const OptionRow> rows, const ProgramText& program) {
  auto script = fmt::format("# fish completion for {}\n", program.name);
  for (const auto& row : rows) {
    script += fmt::format("complete -c {} -l {}", program.name, row.name);
    if (row.letter != 0) script += fmt::format(" -s {}", row.letter);
    if (!row.argument.empty()) {
      const bool files = row.kind == ValueKind::file || row.kind == ValueKind::folder;
      script += files ? " -r -F" : " -x";
      if (!row.choices.empty()) script += fmt::format(" -a {}", quoted(row.choices));
    }
    script += fmt::format(" -d {}\n", quoted(row.help));
  }
  return script;
}

}  // namespace

std::string completions(std::string_view shell, std::span<const OptionRow> rows,
                        const ProgramText& program) {
  if (shell == "zsh") return zsh_script(rows, program);
  if (shell == "fish") return fish_script(rows, program);
  return bash_script(rows, program);
}

}  // namespace dateline
