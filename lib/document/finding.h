// What is wrong with a file that a person wrote, and where. Findings are collected, so that one run
// names every fault. Messages may quote words of the file, made printable, but never a telephone
// number or an address.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::document {

// A position in a file as editors count it: lines and columns from 1, columns in characters.
struct Place {
  std::string file;
  int line = 1;
  int column = 1;
};

enum class Severity { error, warning };
std::string_view to_text(Severity severity);

struct Finding {
  std::string file;
  int line = 1;
  int column = 1;
  Severity severity = Severity::error;
  std::string message;
  std::string hint;  // the way out; may be empty
};

// "resus.yaml:12:5: error: unknown key "roel"", without the hint.
std::string to_text(const Finding& finding);

// Makes words of a file fit for a message: printable, at most 60 columns.
std::string shown(std::string_view text);

// Keeps the first kMost findings and counts the rest: a hostile file must not fill the memory.
class Findings {
 public:
  static constexpr std::size_t kMost = 1000;

  void error(const Place& place, std::string message, std::string hint = {});
  void warning(const Place& place, std::string message, std::string hint = {});

  void append(const Findings& other);

  // By file (in the order in which files were first reported), then by line and column.
  std::vector<Finding> sorted() const;
  std::size_t errors() const noexcept { return errors_; }
  std::size_t warnings() const noexcept { return warnings_; }
  // When full, further findings are only counted: a caller need not work out hints for them.
  bool is_full() const noexcept { return kept_.size() >= kMost; }
  bool has_errors() const noexcept { return errors_ > 0; }

  // When there are errors, throws one Fault(Exit::invalid) that lists them. `what` is "playbook",
  // "roster" or "problem"; the message begins "the playbook is not sound".
  void throw_if_errors(std::string_view what) const;

 private:
  void add(const Place& place, Severity severity, std::string message, std::string hint);

  std::vector<Finding> kept_;
  std::size_t errors_ = 0;
  std::size_t warnings_ = 0;
};

}  // namespace tocsin::document
