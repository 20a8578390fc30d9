#include "control/examination.h"

#include <map>

#include "base/fault.h"
#include "base/file.h"
#include "control/wakeable.h"
#include "playbook/reading/read.h"
#include "unit/control/room.h"

namespace tocsin::control {
namespace {

class ExaminationTest : public Room {
 protected:
  static CheckedPlaybook checked(const std::string& text) {
    playbook::Playbook book = playbook::read_playbook(text, "small.yaml").playbook;
    book.source_text = text;
    return {"small.yaml", std::move(book), {}, {}};
  }
  Examination examined(const std::string& text = incident::kPlaybook) {
    return examine(home(), keys(), {checked(text)}, clock_.now(), clock_.now());
  }
  void set_roster(std::vector<roster::Responder> people) {
    write_roster(home(), keys().store, roster::Roster{2, clock_.now(), std::move(people)}, random_,
                 hold_people(home()));
  }
  void name_push() {
    home::Settings settings = home().settings();
    settings.relay = home::Relay{"https://relay.example", {}};
    settings.channels.push_back({contact::ChannelId{"push"}, {}});
    base::write_file(path() / "tocsin.yaml", base::bytes_of(home::settings_text(settings)),
                     base::Access::owner_only);
  }
  // The posts that stay empty, with how many seats of each.
  static std::map<std::string, std::int64_t> empty_in(const Examination& examined) {
    std::map<std::string, std::int64_t> empty;
    for (const incident::EmptySeats& seats : examined.playbooks.at(0).unfilled)
      empty[examined.playbooks.at(0).id_of(seats)] = seats.count;
    return empty;
  }
};

// Ana and Ben are the only trauma nurses. Two seats take both, and nobody is left for the relief.
TEST_F(ExaminationTest, NamesThePostsThatNobodyIsLeftFor) {
  EXPECT_EQ(empty_in(examined()), (std::map<std::string, std::int64_t>{{"resus/nurse/relief", 1}}));
  EXPECT_EQ(examined().unfilled(), 1u);
  auto people = incident::Night::staff();
  std::erase_if(people, [](const roster::Responder& one) { return one.role.str() == "doctor"; });
  people.push_back(incident::Night::person("amy", "Amy Roe", {"nurse", "trauma"}, 20));
  set_roster(people);
  EXPECT_EQ(empty_in(examined()),
            (std::map<std::string, std::int64_t>{{"resus/doctor/response", 1}}));
}

TEST_F(ExaminationTest, NamesContactPointsThatNobodyTestedAndThoseThatATestDidNotReach) {
  EXPECT_FALSE(examined().never_tested) << "no channel here can be tested";
  home::Settings settings = home().settings();
  settings.channels.push_back({contact::ChannelId{"exec"}, {{"program", "/bin/cat"}}});
  base::write_file(path() / "tocsin.yaml", base::bytes_of(home::settings_text(settings)),
                   base::Access::owner_only);
  auto people = incident::Night::staff();
  for (std::size_t i = 0; i < 4; ++i)
    people[i].contacts.push_back({contact::ChannelId{"exec"}, std::to_string(i), {}, {}});
  people[3].contacts.back().withdrawn = roster::Date{};
  const std::string unseen = people[2].id.str();
  const std::string failed = people[0].id.str();
  std::vector<TestedPoint> points;
  for (const std::size_t i : {0U, 1U})
    points.push_back({people[i].id,
                      contact::ChannelId{"exec"},
                      std::to_string(i),
                      clock_.now(),
                      i == 0 ? TestOutcome::failed : TestOutcome::delivered,
                      {},
                      "gone"});
  set_roster(people);
  keep_tested(home(), keys().store, points, random_);
  const Examination looked = examined();
  ASSERT_EQ(looked.never_tested.value().size(), 1u) << "whoever wants no messages is left out";
  EXPECT_EQ(looked.roster[looked.never_tested->front().person].id.str(), unseen);
  ASSERT_EQ(looked.failed_test.value().size(), 1u);
  EXPECT_EQ(looked.roster[looked.failed_test->front().person].id.str(), failed);
  EXPECT_EQ(looked.failed_test->front().why, "failed: gone");
}

TEST_F(ExaminationTest, NamesWhoCannotBeReached) {
  const Examination looked = examined();
  ASSERT_EQ(looked.reach.unreachable.size(), 1u);
  EXPECT_EQ(looked.roster[looked.reach.unreachable[0]].id.str(), "gus") << "who has no telephone";
  EXPECT_FALSE(looked.unwakeable) << "nobody is woken by push here";
}

TEST_F(ExaminationTest, CountsAmongTheUnwakeableOnlyWhoHasADevice) {
  const seal::Identity ana = enrol("ana");
  enrol("ben");
  name_push();
  const auto names = [&] {
    const Examination looked = examined();
    std::vector<std::string> ids;
    for (const std::size_t person : looked.unwakeable.value())
      ids.push_back(looked.roster[person].id.str());
    return ids;
  };
  EXPECT_EQ(names(), (std::vector<std::string>{"ana", "ben"}));
  change_subscriptions(home(), keys().store, random_, [&](channel::SubscriptionBook& book) {
    return book.keep(ana.public_identity().id(),
                     {"https://push.example/x", {seal::P256Key::generate(random_).point(), {}}},
                     clock_.now());
  });
  EXPECT_EQ(names(), (std::vector<std::string>{"ben"}));
}

TEST_F(ExaminationTest, NamesTheChannelsThatTheHomeLacks) {
  EXPECT_FALSE(examined().misses_channels()) << "the playbook rings people";
  const std::string written = incident::written_first();
  const Examination looked = examined(written);
  EXPECT_TRUE(looked.misses_channels());
  EXPECT_EQ(looked.playbooks[0].missing_channels,
            std::vector<contact::ChannelId>{incident::kThreema});
}

// NHS core standards ask for a review every six months.
TEST_F(ExaminationTest, AReviewIsDueOnceThereIsAListAndHalfAYearAfterEach) {
  EXPECT_FALSE(examined().review_is_due) << "there is no list";
  enrol("ana");
  EXPECT_TRUE(examined().review_is_due) << "nobody has ever reviewed it";
  roster::Membership list = read_membership(home(), keys().store);
  list.review(std::chrono::year_month_day{std::chrono::floor<std::chrono::days>(clock_.now())});
  write_membership(home(), keys().store, list, organisation().signing, clock_.now(), random_);
  EXPECT_FALSE(examined().review_is_due);
  clock_.advance(std::chrono::days{180});
  EXPECT_FALSE(examined().review_is_due);
  clock_.advance(std::chrono::days{10});
  EXPECT_TRUE(examined().review_is_due);
}

TEST_F(ExaminationTest, NamesPeopleWhoCouldBeTakenForOneAnother) {
  EXPECT_TRUE(examined().look_alikes.empty());
  auto people = incident::Night::staff();
  people.push_back(incident::Night::person("ann", "Anna Bell", {"nurse"}, 20));
  set_roster(people);
  EXPECT_EQ(examined().look_alikes.size(), 1u);
}

TEST_F(ExaminationTest, ChangesNothing) {
  const auto files = [&] {
    std::map<std::string, std::string> all;
    for (const auto& entry : std::filesystem::recursive_directory_iterator{path()})
      if (entry.is_regular_file())
        all[entry.path().string()] = base::read_file(entry.path(), 1 << 20);
    return all;
  };
  const auto before = files();
  examined();
  EXPECT_EQ(files(), before);
}

TEST_F(ExaminationTest, NeedsARoster) {
  set_roster({});
  EXPECT_THROW(examined(), base::Fault);
}

}  // namespace
}  // namespace tocsin::control
