#include "screen/findings.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/counted.h"

namespace tocsin::cli {

nlohmann::json to_json(const document::Findings& findings) {
  auto list = nlohmann::json::array();
  for (const document::Finding& finding : findings.sorted())
    list.push_back({{"file", finding.file},
                    {"line", finding.line},
                    {"column", finding.column},
                    {"severity", document::to_text(finding.severity)},
                    {"message", finding.message},
                    {"hint", finding.hint}});
  return list;
}

void say(const document::Findings& findings, Output& out) {
  constexpr std::size_t kShown = 50;
  std::size_t shown = 0;
  for (const document::Finding& finding : findings.sorted()) {
    if (shown == kShown) break;
    ++shown;
    std::string text =
        fmt::format("{}:{}:{}: {}", finding.file, finding.line, finding.column, finding.message);
    if (finding.severity == document::Severity::error)
      out.error(base::Fault(base::Exit::invalid, text, finding.hint));
    else
      out.note(finding.hint.empty() ? text : fmt::format("{} ({})", text, finding.hint));
  }
  const std::size_t all = findings.errors() + findings.warnings();
  if (all > shown) out.note(fmt::format("and {} more", all - shown));
}

void print_refused_import(Output& out, Form form, std::string_view file,
                          const document::Findings& findings) {
  if (form == Form::json) return out.json({{"imported", false}, {"findings", to_json(findings)}});
  say(findings, out);
  out.error(base::Fault(base::Exit::invalid,
                        fmt::format("{}{}{}; nothing was imported", file, file.empty() ? "" : ": ",
                                    base::counted(findings.errors(), "fault", "faults"))));
}

}  // namespace tocsin::cli
