#include "journal/sqlite.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <fstream>
#include <stdexcept>

#include "base/fault.h"
#include "fixture.h"
#include "tamper.h"

namespace tocsin::journal {
namespace {

using testing::HasSubstr;
using Sqlite = JournalTest;

TEST_F(Sqlite, KeepsWhatWasAppendedInOrder) {
  const auto journal = create(okafor_);
  EXPECT_EQ(journal->size(), 0U);
  EXPECT_EQ(journal->append(0, bodies({"declared"})), Append::done);
  EXPECT_EQ(journal->append(1, bodies({"asked A", "asked B", ""})), Append::done);
  EXPECT_EQ(journal->size(), 4U);
  EXPECT_EQ(texts_after(*journal, 0),
            (std::vector<std::string>{"declared", "asked A", "asked B", ""}));
  EXPECT_EQ(texts_after(*journal, 2), (std::vector<std::string>{"asked B", ""}));
  EXPECT_TRUE(texts_after(*journal, 4).empty());
}

TEST_F(Sqlite, OutlivesItsProcess) {
  create(okafor_)->append(0, bodies({"declared", "asked A"}));
  const auto journal = open(lindqvist_);
  EXPECT_EQ(journal->append(2, bodies({"A is coming"})), Append::done);
  EXPECT_EQ(texts_after(*open_to_read(), 0),
            (std::vector<std::string>{"declared", "asked A", "A is coming"}));
}

TEST_F(Sqlite, CarriesAnyBytes) {
  const auto journal = create(okafor_);
  std::vector<base::Bytes> wanted(40);
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    wanted[i].resize(i * i * 50);
    random_.fill(wanted[i]);
  }
  ASSERT_EQ(journal->append(0, wanted), Append::done);
  const auto again = open_to_read();
  std::size_t seen = 0;
  again->read_after(0, [&](const Entry& entry) {
    EXPECT_TRUE(
        std::equal(entry.body.begin(), entry.body.end(), wanted[seen].begin(), wanted[seen].end()));
    ++seen;
  });
  EXPECT_EQ(seen, wanted.size());
}

TEST_F(Sqlite, RefusesAnAppendThatWasDecidedOnAnOlderState) {
  const auto one = create(okafor_);
  const auto other = open(lindqvist_);
  ASSERT_EQ(one->append(0, bodies({"declared"})), Append::done);
  EXPECT_EQ(other->append(0, bodies({"declared again"})), Append::moved_on);
  EXPECT_EQ(other->append(0, {}), Append::moved_on);
  EXPECT_EQ(other->append(7, bodies({"from the future"})), Append::moved_on);
  EXPECT_EQ(other->append(1, bodies({"asked A"})), Append::done);
  EXPECT_EQ(texts_after(*one, 1), (std::vector<std::string>{"asked A"}));
  EXPECT_EQ(one->append(2, {}), Append::done);
}

TEST_F(Sqlite, NoticesWhatOthersAppend) {
  const auto one = create(okafor_);
  const auto other = open(lindqvist_);
  EXPECT_FALSE(one->has_news());
  other->append(0, bodies({"declared"}));
  EXPECT_TRUE(one->has_news());
  EXPECT_FALSE(one->has_news());
  one->append(1, bodies({"asked A"}));
  EXPECT_FALSE(one->has_news());
  EXPECT_TRUE(other->has_news());
}

TEST_F(Sqlite, HasAHeadThatNamesEverythingBeforeIt) {
  const auto journal = create(okafor_);
  std::vector<seal::Hash> heads{journal->head()};
  for (std::uint64_t n = 0; n < 5; ++n) {
    journal->append(n, bodies({"the same words"}));
    EXPECT_EQ(std::count(heads.begin(), heads.end(), journal->head()), 0);
    heads.push_back(journal->head());
  }
  EXPECT_EQ(open_to_read()->head(), heads.back());
}

TEST_F(Sqlite, ShowsNothingReadableInItsFiles) {
  const auto journal = create(okafor_);
  journal->append(0, bodies({"asked Dr Amara Nwosu for Resus"}));
  for (const auto& file : std::filesystem::directory_iterator(folder_.path())) {
    std::ifstream in(file.path(), std::ios::binary);
    const std::string content{std::istreambuf_iterator<char>(in), {}};
    EXPECT_EQ(content.find("Nwosu"), std::string::npos) << file.path();
    struct stat info {};
    ASSERT_EQ(::stat(file.path().c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777, 0600U) << file.path();
  }
}

TEST_F(Sqlite, LeavesOneFileAndItsHeadBehind) {
  create(okafor_)->append(0, bodies({"declared"}));
  open_to_read()->size();
  describe(path());
  std::vector<std::string> names;
  for (const auto& file : std::filesystem::directory_iterator(folder_.path()))
    names.push_back(file.path().filename().string());
  std::sort(names.begin(), names.end());
  EXPECT_EQ(names, (std::vector<std::string>{"incident.journal", "incident.journal.head"}));
}

TEST_F(Sqlite, GivesItsKeyToItsReadersOnly) {
  create(okafor_);
  EXPECT_EQ(describe(path()).id, id_);
  const seal::StoreKey key = open_store_key(path(), lindqvist_.identity.opening);
  EXPECT_TRUE(std::equal(key.view().begin(), key.view().end(), key_.view().begin()));
  const Coordinator stranger = organisation_.coordinator("S. Stranger");
  EXPECT_THROW(open_store_key(path(), stranger.identity.opening), base::Fault);
}

TEST_F(Sqlite, IntroducesItself) {
  const auto journal = create(okafor_);
  EXPECT_FALSE(first_body(path(), key_));
  journal->append(0, bodies({"declared", "asked A"}));
  EXPECT_EQ(first_body(path(), key_), body("declared"));
  EXPECT_FALSE(first_body(path(), seal::generate_store_key(random_)));
}

TEST_F(Sqlite, IsNeverOverwritten) {
  create(okafor_)->append(0, bodies({"declared"}));
  EXPECT_THROW(create(okafor_), base::Fault);
  EXPECT_EQ(open_to_read()->size(), 1U);
  EXPECT_THROW(SqliteJournal::create(folder_.path() / "no" / "such", id_, key_.copy(), {},
                                     okafor_.author(), random_),
               base::Fault);
}

TEST_F(Sqlite, DoesNotOpenWithAProofOfAnotherKey) {
  create(okafor_);
  Tamper(path()).execute("UPDATE journal SET proof = zeroblob(29)");
  EXPECT_THAT([&] { open(okafor_); },
              testing::ThrowsMessage<base::Fault>(HasSubstr("the key does not open")));
}

TEST_F(Sqlite, DoesNotOpenWithAnotherKey) {
  create(okafor_)->append(0, bodies({"declared"}));
  try {
    SqliteJournal::open(path(), seal::generate_store_key(random_), okafor_.author(), random_);
    FAIL();
  } catch (const base::Fault& fault) {
    EXPECT_EQ(fault.exit(), base::Exit::untrusted);
  }
}

// A reader checks the chain while it reads. verify_test.cpp tests the checks of signatures.
TEST_F(Sqlite, StopsReadingAtTheFirstEventThatIsWrong) {
  create(okafor_)->append(0, bodies({"one", "two", "three", "four"}));
  const auto stops_at = [&](const std::string& change) {
    std::filesystem::copy_file(path(), folder_.path() / "kept");
    Tamper(path()).execute(change.c_str());
    std::uint64_t visited = 0;
    std::string reason = "sound";
    try {
      open_to_read()->read_after(0, [&](const Entry&) { ++visited; });
    } catch (const base::Fault& fault) {
      EXPECT_EQ(fault.exit(), base::Exit::untrusted);
      reason = fault.what();
    }
    std::filesystem::rename(folder_.path() / "kept", path());
    return std::pair(visited, reason);
  };
  EXPECT_EQ(stops_at("SELECT 1").second, "sound");
  const auto changed = stops_at("UPDATE event SET body = zeroblob(length(body)) WHERE number = 3");
  EXPECT_EQ(changed.first, 2U);
  EXPECT_THAT(changed.second, HasSubstr("event 3 of"));
  const auto removed = stops_at("DELETE FROM event WHERE number = 2");
  EXPECT_EQ(removed.first, 1U);
  EXPECT_THAT(removed.second, HasSubstr("event 2 of"));
}

// A journal so long that another thread checks and opens it.
class LongJournal : public JournalTest {
 protected:
  static constexpr std::uint64_t kEvents = 5'000;
  LongJournal() {
    const auto journal = create(okafor_);
    std::vector<base::Bytes> some;
    for (std::uint64_t i = 0; i < kEvents; ++i) {
      const std::string text = i % 7 == 0 ? "" : fmt::format("event {}", i + 1);
      some.emplace_back(text.begin(), text.end());
    }
    EXPECT_EQ(journal->append(0, some), Append::done);
  }
};

TEST_F(LongJournal, IsReadInOrder) {
  const auto journal = open_to_read();
  for (const std::uint64_t after : {std::uint64_t{0}, std::uint64_t{1'234}}) {
    std::uint64_t number = after;
    journal->read_after(after, [&](const Entry& entry) {
      EXPECT_EQ(entry.number, ++number);
      EXPECT_EQ(base::text_of(entry.body),
                (number - 1) % 7 == 0 ? "" : fmt::format("event {}", number));
    });
    EXPECT_EQ(number, kEvents);
  }
  EXPECT_EQ(journal->head(), open_to_read()->head());
}

TEST_F(LongJournal, IsReadUpToTheFirstEventThatIsWrong) {
  Tamper(path()).execute("UPDATE event SET body = zeroblob(length(body)) WHERE number = 3333");
  std::uint64_t seen = 0;
  const auto journal = open_to_read();
  EXPECT_THROW(journal->read_after(0, [&](const Entry& entry) { seen = entry.number; }),
               base::Fault);
  EXPECT_EQ(seen, 3332U);
}

TEST_F(LongJournal, LetsItsVisitorGiveUp) {
  const auto journal = open_to_read();
  const auto give_up_at = [&](std::uint64_t number) {
    journal->read_after(0, [&](const Entry& entry) {
      if (entry.number == number) throw std::runtime_error("enough");
    });
  };
  EXPECT_THROW(give_up_at(1), std::runtime_error);
  EXPECT_THROW(give_up_at(kEvents), std::runtime_error);
  EXPECT_NO_THROW(give_up_at(kEvents + 1));
}

TEST_F(Sqlite, NoticesThatItsPastWasRewrittenWhileItRuns) {
  const auto journal = create(okafor_);
  journal->append(0, bodies({"one", "two", "three"}));
  Tamper(path()).execute("DELETE FROM event WHERE number = 3");
  EXPECT_THROW(journal->append(3, bodies({"four"})), base::Fault);
  EXPECT_THROW(journal->head(), base::Fault);
  EXPECT_THROW(texts_after(*journal, 0), base::Fault);
  EXPECT_EQ(Tamper(path()).number("SELECT max(number) FROM event"), 2);
}

TEST_F(Sqlite, NoticesThatAnOlderCopyWasPutBack) {
  {
    const auto journal = create(okafor_);
    journal->append(0, bodies({"one"}));
  }
  std::filesystem::copy_file(path(), folder_.path() / "kept");
  open(okafor_)->append(1, bodies({"two"}));
  std::filesystem::rename(folder_.path() / "kept", path());
  try {
    open(okafor_);
    FAIL();
  } catch (const base::Fault& fault) {
    EXPECT_EQ(fault.exit(), base::Exit::untrusted);
    EXPECT_THAT(fault.what(), HasSubstr("ends at event 1, but had 2 before"));
    EXPECT_THAT(fault.hint(), HasSubstr("remove"));
  }
  std::filesystem::remove(path().string() + ".head");
  const auto journal = open(okafor_);
  journal->append(1, bodies({"another two"}));
  EXPECT_EQ(texts_after(*journal, 0), (std::vector<std::string>{"one", "another two"}));
}

TEST_F(Sqlite, DoesNotTakeASpoiltHeadForNone) {
  create(okafor_)->append(0, bodies({"one"}));
  const std::filesystem::path head = path().string() + ".head";
  std::ofstream(head, std::ios::binary) << "nothing";
  EXPECT_THAT([&] { open(okafor_); }, testing::ThrowsMessage<base::Fault>(HasSubstr(".head")));
  const Verified verified = check();
  EXPECT_TRUE(verified.flaw) << "verify says so, too";
  EXPECT_EQ(verified.events, 1U) << "and what is sound all the same";
}

TEST_F(Sqlite, SaysBeforeAnAppendThatItsAuthorHasNoMandateThen) {
  const auto journal = create(okafor_);
  const seal::Certificate& mandate = okafor_.certificate;
  EXPECT_NO_THROW(journal->check_time(mandate.issued));
  EXPECT_NO_THROW(journal->check_time(mandate.expires - base::Milliseconds{1}));
  EXPECT_THROW(journal->check_time(mandate.expires), base::Fault);
  EXPECT_THROW(journal->check_time(mandate.issued - base::Minutes{11}), base::Fault);
}

}  // namespace
}  // namespace tocsin::journal
