// What a file is that should have been text in UTF-8: a workbook, a page, another encoding. Looks
// at a few marks only, and reads nothing of it.
#pragma once

#include <optional>
#include <string_view>

namespace tocsin::document {

struct Foreign {
  std::string_view what;     // "an Excel workbook (.xlsx)"
  std::string_view way_out;  // how its table becomes a CSV file
};

// Nothing for what may be text. A workbook is told from other archives by the names of its parts,
// wherever they stand.
std::optional<Foreign> foreign_form(std::string_view bytes);

}  // namespace tocsin::document
