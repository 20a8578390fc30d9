// Steps of the loop late in a large night: 10,000 staff, 180 post types in two shifts, everybody
// asked, 5,000 replies. Steps with and without a forecast are measured apart; then all steps that
// one more reply causes. bench_step [STAFF]. Target: any step in 20 ms.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

#include "base/fault.h"
#include "drill/people/broadcast.h"
#include "drill/people/synthetic.h"
#include "incident/loop/drive.h"
#include "incident/loop/step.h"
#include "incident/state/ledger.h"
#include "journal/memory.h"
#include "playbook/judging/judge.h"

namespace {

using namespace tocsin;
using base::Minutes;

constexpr int kReplies = 100;
constexpr int kMinutes = 30;

// Nine areas of ten posts, in two shifts, with seats for two in five of the people who may answer.
std::string large_playbook(std::size_t staff) {
  const std::size_t seats = std::max<std::size_t>(1, staff / 500);
  std::string out =
      "format: 1\nid: large\ntitle: Large\nrevision: \"1\"\nsite: {code: ZZ999, name: A Hospital}\n"
      "shifts:\n"
      "  - {id: response, title: Response, from: 0, until: 8h}\n"
      "  - {id: relief, title: Relief, from: 8h, until: 16h}\n"
      "areas:\n";
  for (int area = 0; area < 9; ++area) {
    out += fmt::format(
        "  - id: area-{0}\n    title: Area {0}\n    priority: {1}\n    report_to: Door {0}\n"
        "    posts:\n",
        area, 1 + area);
    for (int post = 0; post < 10; ++post)
      out += fmt::format(
          "      - {{role: role-{0}, title: The role, staff_group: nursing, skills: [skill-{0}],\n"
          "         need: {{response: {1} by 30min then {2} by 90min, relief: {1}}}, minimum: "
          "1}}\n",
          post, seats, seats + seats / 2);
  }
  return out + "cascade: {channels: [relay, phone]}\nretention: {keep: 90d}\n";
}

double processor_ms() {
  timespec time{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return 1e3 * static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_nsec);
}

class Night {
 public:
  Night(const playbook::Playbook& book, std::size_t staff)
      : now_(*base::from_rfc3339("2026-01-10T22:40:00Z")),
        people_(drill::synthesise(book, staff, now_, base::SeededRandom{1})),
        ledger_(journal_) {
    const seal::Identity organisation = seal::Identity::generate(ids_);
    roster::Membership membership;
    for (std::size_t p = 0; p < staff; ++p) {
      seal::PublicIdentity device;
      ids_.fill(device.verify.bytes);
      ids_.fill(device.seal.bytes);
      membership.add({people_.roster[p].id, device, "", now_, "", {}});
    }
    incident::Declared declared;
    declared.incident = seal::random_message_id(ids_);
    declared.label = "BENCH";
    declared.playbook = book.source_text;
    declared.playbook_file = "bench.yaml";
    declared.organisation_keys = organisation.public_identity();
    add(std::move(declared));
    add(incident::RosterTaken{roster::encode(people_.roster), roster::encode(people_.rota)});
    add(incident::MembershipTaken{roster::sign_membership(membership, organisation.signing, now_)});
    for (incident::Body& body : drill::broadcast(ledger_.state(), now_, ids_)) add(std::move(body));
    for (const incident::Message& message : ledger_.state().messages)
      add(incident::Receipted{message.id, contact::Receipt::delivered, ""});
    now_ += Minutes{10};
  }

  // The next person who was asked answers. False when nobody is left.
  bool reply() {
    const incident::State& state = ledger_.state();
    while (next_ < state.people.size() && !state.people[next_].is_silent()) ++next_;
    if (next_ == state.people.size()) return false;
    // Two in three come; some come later or only if needed; one in five does not come.
    constexpr std::array kAnswers{incident::Answer::coming, incident::Answer::coming,
                                  incident::Answer::coming, incident::Answer::coming,
                                  incident::Answer::coming, incident::Answer::coming,
                                  incident::Answer::later,  incident::Answer::last_resort,
                                  incident::Answer::no,     incident::Answer::no};
    const incident::Answer answer = kAnswers[ids_.below(kAnswers.size())];
    const Minutes until = answer == incident::Answer::later
                              ? Minutes{9 * 60}
                              : people_.roster[next_].travel + Minutes{5};
    add(incident::Replied{seal::random_message_id(ids_), people_.roster[next_].id, answer,
                          now_ + until, incident::ChannelId{"relay"}});
    next_ += 1;
    return true;
  }

  struct Steps {
    double all = 0;
    double longest = 0;  // without the forecast
    double review = -1;  // the step that made a forecast, if there was one
    int number = 0;
  };
  // Steps until nothing is left to do. Returns milliseconds of processor time.
  Steps settle() {
    Steps out;
    for (;;) {
      const double start = processor_ms();
      incident::Step step = stepper_.step(ledger_.state(), now_, ids_);
      const double took = processor_ms() - start;
      out.all += took;
      most_ = std::max(most_, ++out.number);
      const bool is_review =
          std::any_of(step.events.begin(), step.events.end(), [](const incident::Body& body) {
            return std::holds_alternative<incident::Forecasted>(body);
          });
      if (is_review)
        out.review = took;
      else
        out.longest = std::max(out.longest, took);
      if (step.events.empty()) return out;
      for (incident::Body& body : step.events) add(std::move(body));
      TOCSIN_ASSERT(ledger_.commit());
    }
  }

  void wait(Minutes minutes) { now_ += minutes; }
  const incident::State& state() const { return ledger_.state(); }
  int most() const { return most_; }  // steps of one turn

 private:
  void add(incident::Body body) { ledger_.add(now_, "bench", std::move(body)); }

  base::SeededRandom ids_{2};
  base::Instant now_;
  drill::Staff people_;
  journal::MemoryJournal journal_;
  incident::Ledger ledger_;
  incident::Stepper stepper_;
  incident::PersonIndex next_ = 0;
  int most_ = 0;
};

void report(const char* what, std::vector<double> took) {
  std::sort(took.begin(), took.end());
  fmt::print("{:<44} median {:7.2f} ms, longest {:7.2f} ms, of {}\n", what, took[took.size() / 2],
             took.back(), took.size());
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t staff = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 10'000;
  const std::string text = large_playbook(staff);
  document::Findings findings;
  const auto book = playbook::read_sound_playbook(text, "large.yaml", findings);
  TOCSIN_ASSERT(book);
  Night night{*book, staff};
  const Night::Steps first = night.settle();
  for (std::size_t i = 0; i < staff / 2; ++i) {
    night.reply();
    if (i % 50 == 49) night.settle();
  }
  night.settle();
  const incident::Counts counts = night.state().counts();
  fmt::print("{} staff, {} post types: {} asked, {} replied, {} with a post, {} in reserve\n",
             staff, night.state().playbook.posts.size(), counts.called, counts.replied,
             counts.assigned, counts.reserved);
  fmt::print("{:<44} {:.1f} ms, its first forecast {:.1f} ms\n", "the first step of a process",
             first.longest, first.review);

  std::vector<double> steps;
  std::vector<double> chains;
  for (int i = 0; i < kReplies && night.reply(); ++i) {
    const Night::Steps took = night.settle();
    if (took.review >= 0) continue;
    steps.push_back(took.longest);
    chains.push_back(took.all);
  }
  report("a step after a reply, without a forecast", steps);
  report("all steps that one reply sets off", chains);
  std::vector<double> reviews;
  std::vector<double> others;
  for (int i = 0; i < kMinutes; ++i) {
    night.wait(Minutes{1});
    night.reply();
    const Night::Steps took = night.settle();
    if (took.review >= 0) reviews.push_back(took.review);
    others.push_back(took.longest);
  }
  if (!reviews.empty()) report("a step with a forecast", reviews);
  // Every few minutes one step updates the arrival of everybody who waits at home.
  report("the longest other step of each minute", others);
  fmt::print("{:<44} {} of {} that are allowed\n", "the most steps of one turn", night.most(),
             incident::Driver::kMostSteps);
}
