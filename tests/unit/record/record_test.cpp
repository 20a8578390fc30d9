#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "base/clock.h"
#include "base/fault.h"
#include "incident/state/event.h"
#include "journal/sqlite.h"
#include "record/export.h"
#include "record/verify.h"
#include "seal/entropy.h"
#include "unit/home/known_passphrase.h"

namespace tocsin::record {
namespace {

using nlohmann::json;
using testing::HasSubstr;

class Record : public testing::Test {
 protected:
  Record()
      : path_([] {
          std::string name =
              (std::filesystem::temp_directory_path() / "tocsin-record-XXXXXX").string();
          return std::filesystem::path(::mkdtemp(name.data()));
        }()),
        home_(home::Home::create(path_ / "home", founding(), "", entropy_, clock_)),
        keys_(unlock()) {}
  ~Record() override { std::filesystem::remove_all(path_); }

  static home::Founding founding() {
    home::Founding founding;
    founding.organisation = "St Elsewhere";
    founding.coordinator = "Dr A. Okafor, on-call director";
    founding.protection = seal::Protection::none;
    return founding;
  }

  home::Unlocked unlock() {
    home::KnownPassphrase none("");
    home::MapOfKeys keyring;
    return home_.unlock(none, keyring);
  }

  static base::Bytes encoded(base::Instant at, incident::Body body) {
    return incident::encode({at, "Dr A. Okafor", std::move(body)});
  }

  // A journal that begins with its declaration.
  seal::MessageId declare(const std::string& label, base::Instant at,
                          std::vector<base::Bytes> more = {}) {
    const seal::MessageId id = seal::random_message_id(entropy_);
    incident::Declared declared;
    declared.incident = id;
    declared.label = label;
    declared.playbook = "title: whole";
    more.insert(more.begin(), encoded(at, declared));
    std::filesystem::create_directories(home_.journal_path(id).parent_path());
    seal::StoreKey key = seal::generate_store_key(entropy_);
    const base::Bytes wrapped =
        seal::wrap(key.view(), home_.holders(), journal::key_purpose(id), entropy_);
    journal::SqliteJournal::create(home_.journal_path(id), id, std::move(key), wrapped,
                                   journal::Author{keys_.coordinator.signing, keys_.certificate},
                                   entropy_)
        ->append(0, more);
    return id;
  }

  Listed find(std::string_view wanted) { return find_incident(home_, keys_, wanted); }
  seal::StoreKey key_of(const Listed& incident) {
    return journal::open_store_key(incident.path, keys_.coordinator.opening);
  }
  Verified verify(std::string_view wanted) {
    const Listed incident = find(wanted);
    return record::verify(incident, home_.organisation().verify, key_of(incident), std::nullopt);
  }

  seal::Entropy entropy_;
  base::VirtualClock clock_{*base::from_rfc3339("2026-11-22T22:00:00Z")};
  std::filesystem::path path_;
  home::Home home_;
  home::Unlocked keys_;
};

TEST_F(Record, FindsAnIncidentByWhatPeopleSay) {
  const base::Instant now = clock_.now();
  EXPECT_THROW(find(""), base::Fault);
  const seal::MessageId first = declare("MI-20261122-2200", now);
  const seal::MessageId last = declare("MI-20261122-2240", now + base::Minutes(40));
  const seal::MessageId shift = declare("SC-20261122-2210", now + base::Minutes(10));
  const auto found = [&](std::string_view wanted) { return find(wanted).id; };
  EXPECT_EQ(found(""), last);
  EXPECT_EQ(found("MI-20261122-2200"), first);
  EXPECT_EQ(found("sc"), shift);
  EXPECT_EQ(found(seal::to_text(first)), first);
  const auto fault = [&](std::string_view wanted) {
    try {
      found(wanted);
    } catch (const base::Fault& error) {
      EXPECT_EQ(error.exit(), base::Exit::usage);
      return error.what() + std::string(": ") + error.hint();
    }
    return std::string("none");
  };
  EXPECT_THAT(fault("mi-"), HasSubstr("fits several"));
  EXPECT_THAT(fault("mi-"), HasSubstr("MI-20261122-2240, MI-20261122-2200"));
  EXPECT_THAT(fault("XX"), HasSubstr("no incident \"XX\""));
}

TEST_F(Record, ExportsLinesThatAnInquiryCanRead) {
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

template <std::size_t... I>
std::vector<json> one_of_each(std::index_sequence<I...>) {
  return {incident::to_json(
      {{}, "somebody", incident::Body{std::variant_alternative_t<I, incident::Body>{}}})...};
}

// tocsin-journal(5), EVENTS: "12 need-set   post text, count varint, …".
TEST_F(Record, HasEventsAsTheManualSpellsThem) {
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

TEST_F(Record, IsWrongWhereAnAuthorHadNoMandateThen) {
  const base::Instant now = clock_.now();
  declare("MI-1", now,
          {encoded(now + base::Minutes(1), incident::Ended{"all done"}),
           encoded(now - base::Minutes(600), incident::Ended{"backdated"})});
  const Verified verified = verify("MI-1");
  ASSERT_TRUE(verified.flaw);
  EXPECT_EQ(verified.flaw->event, 3U);
  EXPECT_THAT(words_of(*verified.flaw), HasSubstr("event 3 was made at a time when"));
}

TEST_F(Record, SaysWhereTheClockWentBackAndWhetherThatWasRecorded) {
  const base::Instant now = clock_.now();
  const auto decided = [&](int minutes) {
    return encoded(now + base::Minutes(minutes), incident::Decided{"a", "b"});
  };
  const auto set_back = [&](int minutes, std::uint64_t by) {
    return encoded(now + base::Minutes(minutes), incident::ClockSetBack{by * 60'000});
  };
  declare(
      "MI-1", now,
      {decided(60), set_back(20, 40), decided(20), decided(19), set_back(18, 2), set_back(30, 0)});
  const Verified verified = verify("MI-1");
  EXPECT_FALSE(verified.flaw) << "a clock that was put right is no fault of the record";
  std::vector<std::string> said;
  for (const SetBack& one : verified.set_back) said.push_back(words_of(one));
  EXPECT_EQ(said, (std::vector<std::string>{
                      "the clock went back by 40 min before event 3",
                      "event 5 is 1 min earlier than the one before it, and does not say so",
                      "event 6 is 1 min earlier than the one before it, and does not say so",
                      "event 7 says that the clock went back, and it did not"}));
  EXPECT_EQ(to_json(find(""), verified)["clock_set_back"][0],
            (json{{"event", 3}, {"milliseconds", 2'400'000}, {"recorded", true}}));
}

TEST_F(Record, SaysInJsonWhatVerifyFound) {
  const base::Instant now = clock_.now();
  const seal::MessageId id = declare("MI-1", now, {encoded(now, incident::Ended{"all done"})});
  const Listed listed = find("");
  const Verified verified = verify("");
  EXPECT_EQ(
      to_json(listed, verified),
      (json{{"incident", seal::to_text(id)},
            {"label", "MI-1"},
            {"sound", true},
            {"flaw", nullptr},
            {"events", 2},
            {"signatures", 1},
            {"head", base::to_hex(verified.head)},
            {"authors",
             {{{"name", "Dr A. Okafor, on-call director"}, {"tier", "strategic"}, {"events", 2}}}},
            {"clock_set_back", json::array()},
            {"expected_at", nullptr},
            {"remembered_at", 2}}));
}

// A journal whose first event is damaged has no label, but is found by its id.
TEST_F(Record, FindsADamagedJournalByItsId) {
  const seal::MessageId id = declare("MI-1", clock_.now());
  const std::filesystem::path path = home_.journal_path(id);
  std::filesystem::resize_file(path, std::filesystem::file_size(path) / 2);
  const Listed listed = find(seal::to_text(id));
  EXPECT_EQ(listed.label, "");
  EXPECT_EQ(find("").id, id);
}

// The list keeps the label of an incident whose journal is gone.
TEST_F(Record, KnowsWhatItsListSaysOfAJournalThatIsGone) {
  const seal::MessageId gone = declare("MI-1", clock_.now());
  const seal::MessageId left = declare("MI-2", clock_.now() + base::Minutes(1));
  remember_incident(home_, keys_, {gone, home_.journal_path(gone), "MI-1", clock_.now()}, entropy_);
  std::filesystem::remove(home_.journal_path(gone));
  const auto all = incidents(home_, keys_);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].id, left);
  EXPECT_TRUE(all[0].readable);
  EXPECT_EQ(all[1].label, "MI-1");
  EXPECT_FALSE(all[1].readable);
}

}  // namespace
}  // namespace tocsin::record
