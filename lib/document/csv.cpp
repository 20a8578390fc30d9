#include "document/csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "document/foreign.h"

namespace tocsin::document {

namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

bool is_continuation(char c) noexcept { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

// The separator that occurs most often in the first line, outside quotes.
char find_delimiter(std::string_view text) noexcept {
  constexpr std::array kDelimiters{',', ';', '\t', '|'};
  std::array<std::size_t, kDelimiters.size()> counts{};
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\n' || c == '\r') break;
    for (std::size_t i = 0; i < kDelimiters.size(); ++i) counts[i] += c == kDelimiters[i] ? 1 : 0;
  }
  return kDelimiters[static_cast<std::size_t>(std::max_element(counts.begin(), counts.end()) -
                                              counts.begin())];
}

// The separator that a first line "sep=;" names, with which Excel marks a file for itself. The line
// is taken away.
std::optional<char> take_separator_line(std::string_view& text) {
  constexpr std::string_view kBegin = "sep=";
  const auto end = std::min(text.find_first_of("\r\n"), text.size());
  const std::string line = base::to_lower(text.substr(0, end));
  std::string_view rest{line};
  if (rest.starts_with('"') && rest.ends_with('"') && rest.size() > 2)
    rest = rest.substr(1, rest.size() - 2);
  if (!rest.starts_with(kBegin) || rest.size() != kBegin.size() + 1) return std::nullopt;
  const char separator = rest.back();
  if (std::string_view{",;\t|"}.find(separator) == std::string_view::npos) return std::nullopt;
  text.remove_prefix(end);
  text.remove_prefix(text.starts_with("\r\n") ? 2 : text.empty() ? 0 : 1);
  return separator;
}

// Reports what makes it useless to read any row.
bool is_hopeless(std::string_view text, std::string_view file, const CsvLimits& limits,
                 Findings& findings) {
  const Place start{std::string{file}, 1, 1};
  if (text.size() > limits.size_bytes) {
    findings.error(start, fmt::format("larger than {} MB", limits.size_bytes >> 20U),
                   "export fewer rows or columns");
    return true;
  }
  if (const auto foreign = foreign_form(text)) {
    findings.error(start, fmt::format("{}, not a CSV file in UTF-8", foreign->what),
                   std::string{foreign->way_out});
    return true;
  }
  if (const auto nul = text.find('\0'); nul != std::string_view::npos) {
    const std::string_view before = text.substr(0, nul);
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const auto line_start = before.rfind('\n');
    const std::size_t column = nul - (line_start == std::string_view::npos ? 0 : line_start + 1);
    findings.error({std::string{file}, static_cast<int>(line), static_cast<int>(column + 1)},
                   "a NUL byte: this is not a text file", "save it as \"CSV UTF-8\"");
    return true;
  }
  return false;
}

}  // namespace

Cell Table::at(std::size_t index) const noexcept {
  const Record& record = cells_[index];
  return {std::string_view{pool_}.substr(record.offset, record.size), static_cast<int>(record.line),
          static_cast<int>(record.column), record.sound};
}

bool is_formula(std::string_view text) noexcept {
  return !text.empty() && std::string_view{"=+-@\t\r"}.find(text.front()) != std::string_view::npos;
}

class CsvReader {
 public:
  CsvReader(std::string_view text, std::string_view file, Findings& findings, CsvLimits limits)
      : text_(text),
        file_(file),
        all_utf8_(base::is_utf8(text)),
        findings_(findings),
        limits_(limits) {
    table_.file_ = file;
    table_.pool_.reserve(text.size());
    const auto named = take_separator_line(text_);
    line_ += named ? 1 : 0;
    delimiter_ = named ? *named : find_delimiter(text_);
  }

  std::optional<Table> read() {
    auto table = read_rows();
    if (foreign_cells_ > 0) report_encoding();
    return table;
  }

 private:
  std::optional<Table> read_rows() {
    for (int number = 1; at_ < text_.size(); ++number) {
      if (table_.row_numbers_.size() > limits_.rows || table_.cells_.size() > limits_.cells) {
        findings_.error({std::string{file_}, line_, 1},
                        fmt::format("more than {} rows or {} cells", limits_.rows, limits_.cells),
                        "import it in parts, or check that it is the right file");
        return std::nullopt;
      }
      if (findings_.errors() > Findings::kMost) return std::nullopt;
      const std::size_t first = table_.cells_.size();
      const int line = line_;
      read_row(number);
      if (is_blank(first))
        table_.cells_.resize(first);
      else if (!settle_row(first, line, number))
        return std::nullopt;
    }
    if (table_.row_numbers_.empty()) {
      findings_.error({std::string{file_}, 1, 1}, "empty: there is no header row",
                      "the first row names the columns");
      return std::nullopt;
    }
    return std::move(table_);
  }

  // A file has one encoding, so that it is one fault however many accents there are.
  void report_encoding() {
    const auto& [cell, row, number] = first_foreign_;
    const std::string more =
        foreign_cells_ > 1 ? fmt::format(", as {} more are not", foreign_cells_ - 1) : "";
    error(cell, row,
          fmt::format("cell {} is not UTF-8{}: the file looks like Windows-1252 or Latin-1", number,
                      more),
          "save it as \"CSV UTF-8\"");
  }

  bool at_end() const noexcept { return at_ == text_.size(); }
  bool at_line_end() const noexcept { return text_[at_] == '\n' || text_[at_] == '\r'; }

  void take_line_end() noexcept {
    if (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n') ++at_;
    ++at_;
    ++line_;
    column_ = 1;
  }

  void take_character() noexcept {
    column_ += is_continuation(text_[at_]) ? 0 : 1;
    ++at_;
  }

  void error(const Table::Record& cell, int row, std::string_view message, std::string hint) {
    findings_.error(
        {std::string{file_}, static_cast<int>(cell.line), static_cast<int>(cell.column)},
        fmt::format("row {}: {}", row, message), std::move(hint));
  }

  void read_row(int number) {
    for (;;) {
      Table::Record cell;
      cell.offset = static_cast<std::uint32_t>(table_.pool_.size());
      cell.line = static_cast<std::uint32_t>(line_);
      cell.column = static_cast<std::uint32_t>(column_);
      if (!at_end() && text_[at_] == '"')
        read_quoted(cell, number);
      else
        read_plain(cell, number);
      finish(cell, number);
      // Cells beyond the limit of columns are read and dropped; settle_row reports them.
      if (cells_in_row_ < limits_.columns + 1) table_.cells_.push_back(cell);
      ++cells_in_row_;
      if (at_end()) break;
      if (at_line_end()) {
        take_line_end();
        break;
      }
      take_character();  // the delimiter
    }
    cells_in_row_ = 0;
  }

  void read_plain(Table::Record& cell, int row) {
    while (!at_end() && !at_line_end() && text_[at_] != delimiter_) {
      if (text_[at_] == '"' && cell.sound) {
        error(cell, row, "a quotation mark inside a cell that does not begin with one",
              "put the whole cell in quotation marks and double those inside");
        cell.sound = false;
      }
      table_.pool_ += text_[at_];
      take_character();
    }
  }

  void read_quoted(Table::Record& cell, int row) {
    take_character();
    for (;;) {
      if (at_end()) {
        error(cell, row, "a quotation mark that is never closed",
              "every quotation mark that opens a cell needs one that closes it");
        cell.sound = false;
        return;
      }
      const char c = text_[at_];
      if (c == '"') {
        take_character();
        if (at_end() || text_[at_] != '"') break;
      } else if (at_line_end()) {
        table_.pool_ += '\n';
        take_line_end();
        continue;
      }
      table_.pool_ += c;
      take_character();
    }
    const std::size_t closed = at_;
    while (!at_end() && !at_line_end() && text_[at_] != delimiter_) take_character();
    if (base::trim(text_.substr(closed, at_ - closed)).empty()) return;
    error(cell, row, "text after the quotation mark that closes a cell",
          "double the quotation marks that belong to the text");
    cell.sound = false;
  }

  // The spaces that word processors and newer spreadsheets put before AM and PM, and around cells.
  void take_plain_spaces(std::size_t offset) {
    for (const std::string_view space : {"\xc2\xa0", "\xe2\x80\xaf", "\xe2\x80\x87"})
      for (std::size_t at = table_.pool_.find(space, offset); at != std::string::npos;
           at = table_.pool_.find(space, at + 1))
        table_.pool_.replace(at, space.size(), " ");
  }

  // Trims and checks the cell that was read into the pool, and limits its size.
  void finish(Table::Record& cell, int row) {
    if (all_utf8_) take_plain_spaces(cell.offset);
    const std::string_view whole = std::string_view{table_.pool_}.substr(cell.offset);
    const std::string_view text = base::trim(whole);
    if (text.size() > limits_.cell_bytes) {
      error(cell, row,
            fmt::format("cell {} is {} bytes long, at most {} are read", cells_in_row_ + 1,
                        text.size(), limits_.cell_bytes),
            "look for a quotation mark that is never closed");
      cell.sound = false;
    } else if (!all_utf8_ && !base::is_utf8(text)) {
      if (foreign_cells_++ == 0) first_foreign_ = {cell, row, cells_in_row_ + 1};
      cell.sound = false;
    }
    if (!cell.sound) {
      table_.pool_.resize(cell.offset);
      return;
    }
    if (text.empty()) return;  // the pointer of an empty text may lie outside the pool
    cell.offset += static_cast<std::uint32_t>(text.data() - whole.data());
    cell.size = static_cast<std::uint32_t>(text.size());
  }

  bool is_blank(std::size_t first) const {
    return std::all_of(table_.cells_.begin() + static_cast<std::ptrdiff_t>(first),
                       table_.cells_.end(),
                       [](const Table::Record& cell) { return cell.sound && cell.size == 0; });
  }

  // Gives the row as many cells as the header has. Returns false when the header is too wide.
  bool settle_row(std::size_t first, int line, int number) {
    const std::size_t count = table_.cells_.size() - first;
    if (table_.row_numbers_.empty()) {
      if (count > limits_.columns) {
        findings_.error({std::string{file_}, line, 1},
                        fmt::format("more than {} columns", limits_.columns),
                        "check that it is a CSV file");
        return false;
      }
      table_.columns_ = count;
    }
    if (table_.row_numbers_.size() == 1 && table_.columns_ == 1 && count > 1) {
      findings_.error(
          {std::string{file_}, line, 1},
          fmt::format("row {}: {} cells, and one in the first row, which names the columns", number,
                      count),
          "delete the title above the headings");
      return false;
    }
    table_.row_numbers_.push_back(number);
    if (count == table_.columns_) return true;
    // Spreadsheets write empty cells after the last column, so these are no fault.
    const bool only_empty_more =
        count > table_.columns_ && is_blank(first + table_.columns_) && count <= limits_.columns;
    if (!only_empty_more)
      findings_.error({std::string{file_}, line, 1},
                      fmt::format("row {}: {} cells, the header has {}", number,
                                  count > limits_.columns ? fmt::format("over {}", limits_.columns)
                                                          : std::to_string(count),
                                  table_.columns_),
                      "look for a separator inside a cell without quotation marks");
    Table::Record missing;
    missing.line = static_cast<std::uint32_t>(line);
    missing.sound = false;
    table_.cells_.resize(first + table_.columns_, missing);
    if (!only_empty_more)
      for (std::size_t i = first; i < table_.cells_.size(); ++i) {
        table_.cells_[i].sound = false;
        table_.cells_[i].size = 0;
      }
    return true;
  }

  std::string_view text_;
  std::string_view file_;
  char delimiter_ = ',';
  bool all_utf8_;
  Findings& findings_;
  CsvLimits limits_;
  Table table_;
  std::size_t at_ = 0;
  int line_ = 1;
  int column_ = 1;
  std::size_t cells_in_row_ = 0;
  struct Foreigner {
    Table::Record cell;
    int row = 0;
    std::size_t number = 0;  // of the cell in its row
  };
  Foreigner first_foreign_;
  std::size_t foreign_cells_ = 0;
};

std::optional<Table> parse_csv(std::string_view text, std::string_view file, Findings& findings,
                               CsvLimits limits) {
  if (is_hopeless(text, file, limits, findings)) return std::nullopt;
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  return CsvReader{text, file, findings, limits}.read();
}

}  // namespace tocsin::document
