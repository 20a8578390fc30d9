#include "document/foreign.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"

namespace tocsin::document {

namespace {

using namespace std::string_view_literals;

constexpr std::string_view kSaveAs = "open it in the spreadsheet and save it as \"CSV UTF-8\"";
constexpr std::string_view kUtf8Mark = "\xef\xbb\xbf";

bool contains(std::string_view text, std::string_view part) noexcept {
  return text.find(part) != std::string_view::npos;
}

// The names of a ZIP archive's parts are not compressed (APPNOTE.TXT 4.3.7).
Foreign archive(std::string_view bytes) noexcept {
  if (contains(bytes, "application/vnd.oasis.opendocument"))
    return {"an OpenDocument file (.ods)", kSaveAs};
  if (contains(bytes, "xl/workbook")) return {"an Excel workbook (.xlsx)", kSaveAs};
  if (contains(bytes, "Index/Document.iwa"))
    return {"a Numbers spreadsheet", "in Numbers: File, Export To, CSV, with the encoding UTF-8"};
  if (contains(bytes, "word/document")) return {"a Word document (.docx)", kSaveAs};
  return {"a ZIP archive, as workbooks are", kSaveAs};
}

// [MS-CFB]; the names of its streams are UTF-16.
Foreign compound(std::string_view bytes) noexcept {
  if (contains(bytes, "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"sv))
    return {"an Excel workbook with a password",
            "take the password off, and save it as \"CSV UTF-8\""};
  return {"an old Excel workbook (.xls)", kSaveAs};
}

// Without a byte order mark: in a table in UTF-16 every other byte of its beginning is 0.
bool is_utf16(std::string_view bytes) noexcept {
  constexpr std::size_t kLooked = 16;
  if (bytes.size() < kLooked) return false;
  std::array<int, 2> zeros{};
  for (std::size_t i = 0; i < kLooked; ++i) zeros[i % 2] += bytes[i] == '\0' ? 1 : 0;
  return std::max(zeros[0], zeros[1]) == static_cast<int>(kLooked / 2) &&
         std::min(zeros[0], zeros[1]) == 0;
}

std::optional<Foreign> markup(std::string_view bytes) {
  constexpr std::size_t kLooked = 1024;
  if (bytes.starts_with(kUtf8Mark)) bytes.remove_prefix(kUtf8Mark.size());
  const std::string begin = base::to_lower(base::trim(bytes.substr(0, kLooked)));
  if (begin.starts_with("<?xml") || begin.starts_with("<workbook")) {
    if (contains(begin, "office:spreadsheet"))
      return Foreign{"an XML spreadsheet of Excel", kSaveAs};
    if (!contains(begin, "<html")) return Foreign{"an XML file", kSaveAs};
  }
  constexpr std::array kTags{"<!doctype"sv, "<html"sv, "<table"sv, "<head"sv,
                             "<meta"sv,     "<body"sv, "<?xml"sv,  "<style"sv};
  if (std::any_of(kTags.begin(), kTags.end(),
                  [&](std::string_view tag) { return begin.starts_with(tag); }))
    return Foreign{"a web page (some systems name one .xls)", kSaveAs};
  if (begin.starts_with("begin:vcard"))
    return Foreign{"a file of contacts (vCard)", "export the list as \"CSV UTF-8\""};
  if (begin.starts_with("begin:vcalendar"))
    return Foreign{"a calendar (iCalendar)", "a calendar is a rota: tocsin rota import"};
  if (begin.starts_with("{\\rtf")) return Foreign{"a text document (RTF)", kSaveAs};
  return std::nullopt;
}

}  // namespace

std::optional<Foreign> foreign_form(std::string_view bytes) {
  if (bytes.starts_with("\xff\xfe\0\0"sv) || bytes.starts_with("\0\0\xfe\xff"sv))
    return Foreign{"UTF-32", "save it as \"CSV UTF-8\""};
  if (bytes.starts_with("\xff\xfe") || bytes.starts_with("\xfe\xff") || is_utf16(bytes))
    return Foreign{"UTF-16", "save it as \"CSV UTF-8\", not as \"Unicode Text\""};
  if (bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06")) return archive(bytes);
  if (bytes.starts_with("\xd0\xcf\x11\xe0")) return compound(bytes);
  if (bytes.starts_with("%PDF-"))
    return Foreign{"a PDF", "ask for the list as a CSV file: a PDF has no cells to read"};
  if (bytes.starts_with("\x1f\x8b") || bytes.starts_with("7z\xbc\xaf\x27\x1c") ||
      bytes.starts_with("Rar!"))
    return Foreign{"a compressed file", "unpack it first"};
  return markup(bytes);
}

}  // namespace tocsin::document
