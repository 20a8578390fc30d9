#include "record/journals.h"

#include <gmock/gmock.h>

#include "base/file.h"
#include "unit/record/record.h"

namespace tocsin::record {
namespace {

using testing::HasSubstr;
using Journals = Record;

TEST_F(Journals, FindsAnIncidentByWhatPeopleSay) {
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

// A journal whose first event is damaged has no label, but is found by its id.
TEST_F(Journals, FindsADamagedJournalByItsId) {
  const seal::MessageId id = declare("MI-1", clock_.now());
  const std::filesystem::path path = home_.journal_path(id);
  std::filesystem::resize_file(path, std::filesystem::file_size(path) / 2);
  const Listed listed = find(seal::to_text(id));
  EXPECT_EQ(listed.label, "");
  EXPECT_EQ(find("").id, id);
}

// The list keeps the label of an incident whose journal is gone.
TEST_F(Journals, KnowsWhatItsListSaysOfAJournalThatIsGone) {
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

TEST_F(Journals, ListsTheLatestFirstAndReplacesWhatItKnew) {
  const base::Instant now = clock_.now();
  const seal::MessageId old = declare("MI-1", now);
  const seal::MessageId late = declare("MI-2", now + base::Minutes(40));
  const auto known = [&](const seal::MessageId& id, bool closed) {
    Listed listed = find(seal::to_text(id));
    listed.closed = closed;
    remember_incident(home_, keys_, listed, entropy_);
  };
  known(late, false);
  known(old, false);
  known(old, true);
  const auto all = incidents(home_, keys_);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].id, late);
  EXPECT_FALSE(all[0].closed);
  EXPECT_EQ(all[0].declared, now + base::Minutes(40));
  EXPECT_EQ(all[1].id, old);
  EXPECT_TRUE(all[1].closed);
}

// Which incidents are over stands in the list alone; the rest is in the journals.
TEST_F(Journals, MakesAListThatIsLostAgainAndSaysSo) {
  const seal::MessageId id = declare("MI-1", clock_.now());
  Listed listed = find("");
  listed.closed = true;
  remember_incident(home_, keys_, listed, entropy_);
  base::write_file(home_.path() / "incidents.sealed", base::bytes_of("nonsense"),
                   base::Access::owner_only);
  std::vector<std::string> notes;
  const auto all = incidents(home_, keys_, [&](const std::string& note) { notes.push_back(note); });
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].id, id);
  EXPECT_EQ(all[0].label, "MI-1");
  EXPECT_FALSE(all[0].closed);
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_THAT(notes[0], HasSubstr("made again from the journals"));
}

TEST_F(Journals, TellsACopyOfAJournalFromTheIncident) {
  const seal::MessageId id = declare("MI-1", clock_.now());
  const seal::MessageId copy = seal::random_message_id(entropy_);
  std::filesystem::copy_file(home_.journal_path(id), home_.journal_path(copy));
  const auto all = incidents(home_, keys_);
  ASSERT_EQ(all.size(), 2U);
  const Listed& listed = all[0].id == copy ? all[0] : all[1];
  EXPECT_FALSE(listed.readable);
  EXPECT_FALSE(listed.was_declared);
  EXPECT_EQ(listed.label, "") << "the label means the incident";
  EXPECT_THAT(listed.trouble, HasSubstr("another incident, " + seal::to_text(id)));
  EXPECT_EQ(find("MI-1").id, id);
}

TEST_F(Journals, TellsAFileThatWasNeverAnIncidentFromOneThatIsDamaged) {
  const seal::MessageId damaged = declare("MI-1", clock_.now());
  const seal::MessageId stray = seal::random_message_id(entropy_);
  for (const seal::MessageId& id : {damaged, stray})
    base::write_file(home_.journal_path(id), base::bytes_of("nonsense"), base::Access::owner_only);
  for (const Listed& one : incidents(home_, keys_)) {
    EXPECT_FALSE(one.readable);
    EXPECT_THAT(one.trouble, HasSubstr("is not a journal"));
    EXPECT_EQ(one.was_declared, one.id == damaged);
  }
}

}  // namespace
}  // namespace tocsin::record
