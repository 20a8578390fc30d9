// The playbooks that tests share, and how a test makes one its own. They are read from the folder
// of the project, in which tests run.
#pragma once

#include <fstream>
#include <initializer_list>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>

namespace tocsin::playbooks {

inline std::string read(const std::string& name) {
  std::ifstream in{"tests/playbooks/" + name, std::ios::binary};
  if (!in)
    throw std::runtime_error("tests/playbooks/" + name + " is not there: run in the project");
  return {std::istreambuf_iterator<char>{in}, {}};
}

// St Bride's Hospital: two areas, two shifts, and people who are rung.
inline std::string small() { return read("small.yaml"); }

struct Change {
  std::string_view from;
  std::string_view to;
};
// Each change is made once, at the first place, which must be there.
inline std::string changed(std::string text, std::initializer_list<Change> changes) {
  for (const Change& change : changes) {
    const auto at = text.find(change.from);
    if (at == std::string::npos)
      throw std::runtime_error("the playbook does not say " + std::string{change.from});
    text.replace(at, change.from.size(), change.to);
  }
  return text;
}

// The same hospital and shifts with areas of a test's own, each line indented by two or more.
inline std::string with_areas(std::string text, std::string_view areas) {
  const auto begin = text.find("areas:\n") + 7;
  return text.replace(begin, text.find("cascade:\n") - begin, areas);
}

}  // namespace tocsin::playbooks
