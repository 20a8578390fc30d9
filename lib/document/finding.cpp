#include "document/finding.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/fault.h"
#include "base/text.h"

namespace tocsin::document {

std::string_view to_text(Severity severity) {
  return severity == Severity::error ? "error" : "warning";
}

std::string to_text(const Finding& finding) {
  return fmt::format("{}:{}:{}: {}: {}", finding.file, finding.line, finding.column,
                     to_text(finding.severity), finding.message);
}

std::string shown(std::string_view text) {
  constexpr std::size_t kColumns = 60;
  const std::string clean = base::printable(text.substr(0, 4 * kColumns));
  return base::display_width(clean) <= kColumns ? clean : base::fit(clean, kColumns);
}

void Findings::error(const Place& place, std::string message, std::string hint) {
  ++errors_;
  add(place, Severity::error, std::move(message), std::move(hint));
}

void Findings::warning(const Place& place, std::string message, std::string hint) {
  ++warnings_;
  add(place, Severity::warning, std::move(message), std::move(hint));
}

void Findings::add(const Place& place, Severity severity, std::string message, std::string hint) {
  if (kept_.size() >= kMost) return;
  kept_.push_back(
      {place.file, place.line, place.column, severity, std::move(message), std::move(hint)});
}

void Findings::append(const Findings& other) {
  errors_ += other.errors_;
  warnings_ += other.warnings_;
  for (const Finding& finding : other.kept_)
    if (kept_.size() < kMost) kept_.push_back(finding);
}

std::vector<Finding> Findings::sorted() const {
  std::map<std::string_view, std::size_t> rank;
  for (const Finding& finding : kept_) rank.emplace(finding.file, rank.size());
  std::vector<Finding> out = kept_;
  std::stable_sort(out.begin(), out.end(), [&](const Finding& a, const Finding& b) {
    const std::size_t rank_a = rank.at(a.file);
    const std::size_t rank_b = rank.at(b.file);
    if (rank_a != rank_b) return rank_a < rank_b;
    return a.line != b.line ? a.line < b.line : a.column < b.column;
  });
  return out;
}

void Findings::throw_if_errors(std::string_view what) const {
  if (errors_ == 0) return;
  constexpr std::size_t kListed = 10;
  std::string list;
  std::string hint;
  std::size_t listed = 0;
  for (const Finding& finding : sorted()) {
    if (finding.severity != Severity::error) continue;
    if (listed == 0) hint = finding.hint;
    if (listed == kListed) break;
    list += fmt::format("{}{}:{}:{}: {}", listed == 0 ? "" : "; ", finding.file, finding.line,
                        finding.column, finding.message);
    ++listed;
  }
  if (errors_ > listed) list += fmt::format("; and {} more", errors_ - listed);
  throw base::Fault(base::Exit::invalid, fmt::format("the {} is not sound: {}", what, list), hint);
}

}  // namespace tocsin::document
