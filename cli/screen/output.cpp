#include "screen/output.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <nlohmann/json.hpp>

#include "base/text.h"

namespace tocsin::cli {

namespace {

std::string_view escape_of(Paint paint) {
  switch (paint) {
    case Paint::plain:
      return "";
    case Paint::bold:
      return "\x1b[1m";
    case Paint::dim:
      return "\x1b[2m";
    case Paint::red:
      return "\x1b[31m";
    case Paint::green:
      return "\x1b[32m";
    case Paint::yellow:
      return "\x1b[33m";
    case Paint::blue:
      return "\x1b[34m";
    case Paint::real:
      return "\x1b[1;97;41m";
    case Paint::exercise:
      return "\x1b[1;97;44m";
  }
  return "";
}

// A result that could not be written is a fault: `tocsin … > /dev/full`.
[[noreturn]] void unwritten() {
  const int error = errno;
  if (error == EPIPE) {
    std::signal(SIGPIPE, SIG_DFL);
    std::raise(SIGPIPE);
  }
  throw base::Fault(base::Exit::fault,
                    fmt::format("cannot write the result: {}", std::strerror(error)),
                    "check the disk or the program that it goes to");
}

void say(std::string_view kind, std::string_view message) {
  // A failure to write a fault cannot be reported.
  const std::string line = fmt::format("tocsin: {}: {}\n", kind, base::printable(message));
  std::fwrite(line.data(), 1, line.size(), stderr);
}

}  // namespace

Output::Output() : terminal_(::isatty(STDOUT_FILENO) == 1), columns_(80), rows_(24) {
  const char* no_colour = std::getenv("NO_COLOR");
  colour_ = terminal_ && (no_colour == nullptr || *no_colour == '\0');
  winsize size{};
  if (terminal_ && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    columns_ = size.ws_col;
    rows_ = size.ws_row;
  }
}

void Output::line(std::string_view line) {
  text(line);
  text("\n");
}

void Output::text(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) unwritten();
}

void Output::json(const nlohmann::json& value) {
  line(value.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
}

std::string Output::cell(std::string_view text, std::size_t columns) const {
  return terminal_ || base::display_width(text) <= columns ? base::fit(text, columns)
                                                           : std::string{text};
}

std::string Output::paint(Paint paint, std::string_view text) const {
  if (!colour_ || paint == Paint::plain) return std::string{text};
  return fmt::format("{}{}\x1b[0m", escape_of(paint), text);
}

void Output::flush() {
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) unwritten();
}

void Output::note(std::string_view message) const { say("note", message); }

void Output::error(const base::Fault& fault) {
  say("error", fault.what());
  if (!fault.hint().empty()) say("hint", fault.hint());
}

}  // namespace tocsin::cli
