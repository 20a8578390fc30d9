// A table of text from a CSV file (RFC 4180) that knows the line and column of every cell. Safe for
// hostile text: size, rows, columns and cells are limited; NUL and broken UTF-8 are refused.
// Accepts commas, semicolons or tabs, any line ending, a byte order mark and Excel's line "sep=;".
// Guesses no types. What is another kind of file is refused by its name (foreign.h).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "document/finding.h"

namespace tocsin::document {

struct Cell {
  std::string_view text;  // unquoted and trimmed; lives as long as the table
  int line = 1;
  int column = 1;
  bool sound = true;  // false: a fault was already reported here, and the text is empty
};

class Table {
 public:
  const std::string& file() const noexcept { return file_; }
  std::size_t columns() const noexcept { return columns_; }
  std::size_t rows() const noexcept { return row_numbers_.size() - 1; }  // without the header

  Cell header(std::size_t column) const noexcept { return at(column); }
  Cell cell(std::size_t row, std::size_t column) const noexcept {
    return at((row + 1) * columns_ + column);
  }
  // The row's number in a spreadsheet: the header is row 1, and a row may take several lines.
  int row_number(std::size_t row) const noexcept { return row_numbers_[row + 1]; }
  Place place(const Cell& cell) const { return {file_, cell.line, cell.column}; }

 private:
  friend class CsvReader;
  struct Record {
    std::uint32_t offset = 0;  // into pool_
    std::uint32_t size = 0;
    std::uint32_t line = 1;
    std::uint32_t column = 1;
    bool sound = true;
  };
  Cell at(std::size_t index) const noexcept;

  std::string file_;
  std::size_t columns_ = 0;
  std::string pool_;
  std::vector<Record> cells_;  // row after row, the header first
  std::vector<int> row_numbers_;
};

struct CsvLimits {
  std::size_t size_bytes = std::size_t{32} << 20;
  std::size_t rows = 200'000;
  std::size_t columns = 256;
  std::size_t cells = 4'000'000;  // in all
  std::size_t cell_bytes = 4096;
};

// Reads the whole text and reports every fault to `findings`. Leaves out rows without any text.
// Returns nothing when the text has no usable header. Otherwise rows with faults are in the table,
// too, with unsound cells, so that one run checks everything. Never throws because of the text.
std::optional<Table> parse_csv(std::string_view text, std::string_view file, Findings& findings,
                               CsvLimits limits = {});

// Whether a spreadsheet would run the text of a cell as a formula: it begins with = + - @, a tab or
// a carriage return (OWASP, "CSV injection").
bool is_formula(std::string_view text) noexcept;

}  // namespace tocsin::document
