#include "record/export.h"

#include <gmock/gmock.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "unit/record/record.h"

namespace tocsin::record {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using Export = Record;

TEST_F(Export, ExportsLinesThatAnInquiryCanRead) {
  const base::Instant now = clock_.now();
  incident::Decided decided;
  decided.decision = "open Theatre 5";
  decided.why = "three more patients announced";
  declare("MI-1", now, {encoded(now + base::Minutes(3), decided), base::Bytes{0xFF, 0x01, 0x02}});
  const Verified verified = verify("MI-1");
  ASSERT_FALSE(verified.flaw) << words_of(*verified.flaw);
  std::vector<std::string> lines;
  export_lines(find("MI-1").path, key_of(find("MI-1")), verified,
               [&](std::string_view line) { lines.emplace_back(line); });
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_THAT(lines[0], testing::StartsWith(
                            R"({"number":1,"at":"2026-11-22T22:00:00.000Z","event":"declared",)"));
  EXPECT_THAT(lines[0], testing::Not(HasSubstr("title: whole")));
  const json second = json::parse(lines[1]);
  EXPECT_EQ(second["number"], 2);
  EXPECT_EQ(second["at"], "2026-11-22T22:03:00.000Z");
  EXPECT_EQ(second["event"], "decided");
  EXPECT_EQ(second["decision"], "open Theatre 5");
  EXPECT_EQ(second["by"], "Dr A. Okafor");
  EXPECT_EQ(second["author"], "Dr A. Okafor, on-call director");
  const json third = json::parse(lines[2]);
  EXPECT_EQ(third["unknown"], "ff0102") << "kept though nobody here understands it";
  EXPECT_EQ(third["hash"], base::to_hex(verified.head));
}

// Somebody's certificate or a newer program may hold anything, and the rest of the record is
// wanted.
TEST_F(Export, GoesOnAfterTextThatIsBroken) {
  incident::Decided decided;
  decided.decision = "open \xff\xfe Theatre 5\n\x1b[2J";
  declare("MI-1", clock_.now(), {encoded(clock_.now(), decided), encoded(clock_.now(), decided)});
  std::vector<std::string> lines;
  export_lines(find("").path, key_of(find("")), verify(""),
               [&](std::string_view line) { lines.emplace_back(line); });
  ASSERT_EQ(lines.size(), 3U);
  for (const std::string& line : lines) {
    EXPECT_TRUE(json::accept(line)) << line;
    EXPECT_EQ(line.find_first_of("\n\x1b"), std::string::npos) << "one line, for any terminal";
  }
}

template <std::size_t... I>
std::vector<json> one_of_each(std::index_sequence<I...>) {
  return {incident::to_json(
      {{}, "somebody", incident::Body{std::variant_alternative_t<I, incident::Body>{}}})...};
}

// tocsin-journal(5), EVENTS: "12 need-set   post text, count varint, …".
TEST_F(Export, HasEventsAsTheManualSpellsThem) {
  std::ifstream page("man/tocsin-journal.5");
  std::map<std::string, std::string> spelt;
  std::string kind;
  for (std::string line; std::getline(page, line);) {
    std::istringstream words(line);
    std::string first;
    std::string name;
    words >> first >> name;
    if (line.empty()) kind.clear();
    if (first == std::to_string(spelt.size()) && name.find_first_of(",|") == std::string::npos)
      kind = name;
    if (!kind.empty()) spelt[kind] += line.substr(std::min<std::size_t>(line.size(), 20)) + " ";
  }
  const auto events = one_of_each(std::make_index_sequence<std::variant_size_v<incident::Body>>{});
  EXPECT_EQ(spelt.size(), events.size());
  for (const json& event : events) {
    EXPECT_EQ(event["by"], "somebody") << event << ": a field hides who acted";
    const std::string& fields = spelt[event["event"]];
    std::ptrdiff_t depth = 0;  // commas inside the brackets of a list do not count
    std::size_t parts = 1;
    for (const char c : fields) {
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      parts += c == ',' && depth == 0 ? 1 : 0;
    }
    EXPECT_EQ(parts, event.size() - 3) << event;
    for (const auto& [name, value] : event.items()) {
      if (name == "at" || name == "by" || name == "event") continue;
      EXPECT_THAT(fields, HasSubstr(" " + name + " ")) << event["event"];
    }
  }
}

}  // namespace
}  // namespace tocsin::record
