// The output rules, stated once (tocsin(1)): results to stdout, everything else to stderr as
// `tocsin: error: …`, `tocsin: hint: …`, `tocsin: note: …`; colour only on a terminal and without
// NO_COLOR.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "base/fault.h"

namespace tocsin::cli {

enum class Form { text, json };  // for people, or for scripts (--json)

enum class Paint { plain, bold, dim, red, green, yellow, blue, real, exercise };

class Output {
 public:
  // Reads the terminal and the environment once.
  Output();

  bool is_terminal() const noexcept { return terminal_; }
  bool has_colour() const noexcept { return colour_; }
  // Columns of the terminal, 80 when unknown.
  std::size_t columns() const noexcept { return columns_; }
  std::size_t rows() const noexcept { return rows_; }

  // Results. `line` adds the newline. Text from outside must go through base::printable first. When
  // the reader closes the pipe (`tocsin … | head -1`), the program ends without a message, as by
  // SIGPIPE. Any other failure to write is a Fault, at the latest in flush().
  void line(std::string_view text);
  void text(std::string_view text);
  void json(const nlohmann::json& value);  // one value, two-space indent, newline
  // A cell of a table, `columns` wide. Only a terminal cuts: in a pipe or a file a long cell is
  // whole, so that what is looked for is found.
  std::string cell(std::string_view text, std::size_t columns) const;
  std::string paint(Paint paint, std::string_view text) const;
  void flush();

  // Everything that is not a result.
  void note(std::string_view message) const;
  void error(const base::Fault& fault);

 private:
  bool terminal_;
  bool colour_;
  std::size_t columns_;
  std::size_t rows_;
};

}  // namespace tocsin::cli
