// Screens every text and comment of the file for details of patients.
#include <fmt/format.h>

#include <set>

#include "base/text.h"
#include "playbook/judging/judging.h"
#include "playbook/screen.h"

namespace tocsin::playbook {

namespace {

class PatientScreen {
 public:
  explicit PatientScreen(Judging& judging)
      : judging_(judging), lines_(base::split(judging.book.source_text, '\n')) {}

  void texts(Node node) {
    if (node.is_scalar()) text(node);
    for (const Node item : node.items()) texts(item);
    for (const auto [key, value] : node.entries()) {
      text(key);
      texts(value);
    }
  }

  // A comment begins with a # after a blank. A # inside a text was screened with the text.
  void comments(const std::string& file) {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const std::string_view line = lines_[i];
      auto hash = line.find('#');
      while (hash != std::string_view::npos && hash > 0 && line[hash - 1] != ' ' &&
             line[hash - 1] != '\t')
        hash = line.find('#', hash + 1);
      if (hash == std::string_view::npos) continue;
      for (const Sighting& sighting : find_patient_details(line.substr(hash), Screen::remark)) {
        const auto before = document::length_of(line.substr(0, hash + sighting.offset));
        report({file, static_cast<int>(i) + 1, static_cast<int>(before) + 1}, sighting.suspicion);
      }
    }
  }

 private:
  void text(Node node) {
    for (const Sighting& sighting : find_patient_details(node.text(), Screen::text)) {
      document::Place place = node.place();
      place.column += columns_before(node, sighting.offset);
      report(place, sighting.suspicion);
    }
  }

  // The columns from the beginning of the text to the byte at `offset`. 0 when the text is folded
  // or escaped, and so differs from the file.
  int columns_before(Node node, std::size_t offset) const {
    const auto row = static_cast<std::size_t>(node.line()) - 1;
    if (row >= lines_.size()) return 0;
    const auto at = lines_[row].find(node.text().substr(0, offset + 1));
    const auto start = document::length_of(lines_[row].substr(0, at)) + 1;
    const auto column = static_cast<std::size_t>(node.column());
    if (at == std::string_view::npos || start < column) return 0;
    return static_cast<int>(start - column + document::length_of(node.text().substr(0, offset)));
  }

  void report(const document::Place& place, Suspicion suspicion) {
    if (!reported_.insert(place.line).second) return;
    judging_.findings.error(place, fmt::format("this could be {} of a patient", to_text(suspicion)),
                            "nothing about patients may stand in a playbook: take it out");
  }

  Judging& judging_;
  std::vector<std::string_view> lines_;
  std::set<int> reported_;  // lines with a fault; one fault a line is enough
};

}  // namespace

void judge_patients(Node top, Judging& judging) {
  PatientScreen screen{judging};
  for (const auto [key, value] : top.entries())
    if (key.text() != "revision") screen.texts(value);  // often a date
  screen.comments(top.place().file);
}

}  // namespace tocsin::playbook
