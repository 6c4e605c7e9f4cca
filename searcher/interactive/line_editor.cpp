// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/interactive/line_editor.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

// After <cstdio>, whose FILE it takes as given.
#include <readline/history.h>
#include <readline/readline.h>

#include "common/error.h"
#include "common/file_io.h"
#include "common/text/unicode.h"
#include "searcher/interactive/history_file.h"

namespace dateline {
namespace {

constexpr std::array handled_signals{SIGINT, SIGTERM, SIGHUP, SIGTSTP};

/// What readline's callbacks, which take no argument of ours, are about.
struct Editing {
  LineEditor::Completer completer;
  FileDescriptor signals;          ///< the numbers of signals that came, a byte each
  FileDescriptor signals_written;  ///< by the handler
  std::array<struct sigaction, handled_signals.size()> before{};
  std::optional<std::string> line;
  bool done = false;
  std::size_t begin = 0;  ///< of what is being completed
};
Editing* editing = nullptr;
volatile std::sig_atomic_t signal_end = -1;

extern "C" void dateline_note_signal(int number) {
  const auto saved = errno;
  const auto byte = static_cast<char>(number);
  [[maybe_unused]] const auto written = ::write(signal_end, &byte, 1);
  errno = saved;
}

/// As readline frees it.
char* copied(std::string_view text) {
  auto* copy = static_cast<char*>(std::malloc(text.size() + 1));
  if (copy == nullptr) throw std::bad_alloc();
  std::memcpy(copy, text.data(), text.size());
  copy[text.size()] = '\0';
  return copy;
}

/// None, too, where the index cannot be read: no exception may pass through readline.
Completion completion_of(std::string_view line) {
  try {
    return editing->completer(line);
  } catch (...) {
    return {};
  }
}

/// The whole line up to the cursor is completed as one word: what a word is, complete() knows.
extern "C" char** dateline_offers(const char* text, int, int) {
  rl_attempted_completion_over = 1;
  const std::string_view line = text;
  const auto completion = completion_of(line);
  if (completion.offers.empty()) return nullptr;
  editing->begin = completion.begin;
  rl_completion_append_character = completion.ends_word ? ' ' : '\0';
  rl_completion_suppress_append = completion.ends_word ? 0 : 1;
  const auto before = line.substr(0, completion.begin);
  const auto size = completion.offers.size();
  auto** list = static_cast<char**>(std::calloc(size + 2, sizeof(char*)));
  if (list == nullptr) return nullptr;
  list[0] = copied(fmt::format("{}{}", before, completion.common));
  if (size == 1) return list;
  for (std::size_t i = 0; i < size; ++i) {
    list[i + 1] = copied(fmt::format("{}{}", before, completion.offers[i]));
  }
  return list;
}

/// Shows the offers without the line before them.
extern "C" void dateline_show_offers(char** matches, int count, int) {
  const auto size = static_cast<std::size_t>(count);
  std::vector<char*> shown(size + 2, nullptr);
  std::size_t longest = 0;
  for (std::size_t i = 0; i <= size; ++i) {
    const auto length = std::strlen(matches[i]);
    shown[i] = matches[i] + std::min(length, editing->begin);
    longest = std::max(longest, display_width(shown[i]));
  }
  rl_reset_screen_size();
  rl_crlf();
  rl_display_match_list(shown.data(), count, static_cast<int>(longest));
  rl_forced_update_display();
}

extern "C" void dateline_take_line(char* line) {
  editing->done = true;
  rl_callback_handler_remove();
  if (line == nullptr) return;
  editing->line = printable(line);
  std::free(line);
}

extern "C" char* dateline_no_word_breaks() {
  static char none[] = "";
  return none;
}

void set_up_readline() {
  rl_readline_name = "dateline";
  rl_catch_signals = 0;
  rl_attempted_completion_function = dateline_offers;
  rl_completion_display_matches_hook = dateline_show_offers;
  rl_completion_word_break_hook = dateline_no_word_breaks;
  rl_sort_completion_matches = 0;
  rl_completion_query_items = 0;
  rl_variable_bind("show-all-if-ambiguous", "on");
  rl_variable_bind("page-completions", "off");
  rl_initialize();
  using_history();
  stifle_history(static_cast<int>(HistoryFile::max_lines));
}

/// The prompt in colour; readline takes what stands between \001 and \002 for no columns.
std::string styled(std::string_view prompt, bool colour) {
  return colour ? fmt::format("\001\x1b[1;36m\002{}\001\x1b[0m\002", prompt) : std::string(prompt);
}

void drop_line() {
  rl_free_line_state();
  rl_callback_sigcleanup();
  std::fputs("^C\n", rl_outstream);
  rl_replace_line("", 1);
  rl_on_new_line();
  rl_redisplay();
}

/// Ctrl-Z: the shell has the terminal until the process is continued.
void suspend() {
  rl_cleanup_after_signal();
  const auto handler = std::signal(SIGTSTP, SIG_DFL);
  ::raise(SIGTSTP);  // where no shell could continue the process the system passes over it
  std::signal(SIGTSTP, handler);
  rl_reset_after_signal();
  rl_forced_update_display();
}

}  // namespace

LineEditor::LineEditor(Completer completer) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0) {
    throw Error(ExitCode::system_failure,
                fmt::format("cannot make a pipe: {}", std::strerror(errno)));
  }
  editing = new Editing{
      std::move(completer), FileDescriptor(ends[0]), FileDescriptor(ends[1]), {}, {}, false, 0};
  signal_end = ends[1];
  struct sigaction action {};
  action.sa_handler = dateline_note_signal;
  action.sa_flags = SA_RESTART;
  ::sigemptyset(&action.sa_mask);
  for (std::size_t i = 0; i < handled_signals.size(); ++i) {
    ::sigaction(handled_signals[i], &action, &editing->before[i]);
  }
  set_up_readline();
}

LineEditor::~LineEditor() {
  for (std::size_t i = 0; i < handled_signals.size(); ++i) {
    ::sigaction(handled_signals[i], &editing->before[i], nullptr);
  }
  delete editing;
  editing = nullptr;
}

void LineEditor::remember(const std::vector<std::string>& lines) {
  for (const auto& line : lines) add_history(line.c_str());
}

bool LineEditor::remember(const std::string& line) {
  if (line.find_first_not_of(' ') == std::string::npos) return false;
  const auto* last = history_get(history_base + history_length - 1);
  if (last != nullptr && line == last->line) return false;
  add_history(line.c_str());
  return true;
}

std::optional<std::string> LineEditor::read(std::string_view prompt, bool colour) {
  // What came while something else ran is about that; only an end still counts.
  std::array<char, 64> signals{};
  const auto came = ::read(editing->signals.get(), signals.data(), signals.size());
  for (std::size_t i = 0; came > 0 && i < static_cast<std::size_t>(came); ++i) {
    if (signals[i] == SIGTERM || signals[i] == SIGHUP) stopped_ = true;
  }
  if (stopped_) return std::nullopt;

  editing->done = false;
  editing->line.reset();
  rl_reset_screen_size();  // the terminal may have got another size meanwhile
  rl_callback_handler_install(styled(prompt, colour).c_str(), dateline_take_line);
  while (!editing->done) {
    std::array<pollfd, 2> ends{pollfd{STDIN_FILENO, POLLIN, 0},
                               pollfd{editing->signals.get(), POLLIN, 0}};
    const bool interrupted = ::poll(ends.data(), ends.size(), -1) < 0;
    if (interrupted && errno != EINTR) break;
    rl_check_signals();
    if (interrupted) continue;
    if (ends[1].revents != 0 && !handle_signals()) break;
    if (ends[0].revents != 0) rl_callback_read_char();
  }
  if (!editing->done) rl_callback_handler_remove();
  if (!editing->line) std::fputs("\n", rl_outstream);
  std::fflush(rl_outstream);
  return editing->line;
}

/// False once the input has ended.
bool LineEditor::handle_signals() {
  char number = 0;
  while (::read(editing->signals.get(), &number, 1) == 1) {
    if (number == SIGINT) {
      drop_line();
    } else if (number == SIGTSTP) {
      suspend();
    } else {
      stopped_ = true;
      return false;
    }
  }
  return true;
}

}  // namespace dateline
