// tocsin phone: the switchboard's list. On a terminal an answer is one key; scripts take the next
// number and give the answer; the printed sheet needs nothing but paper.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "base/text.h"
#include "incident/calling/calls.h"
#include "incident/state/find.h"
#include "incident/state/reach.h"
#include "switchboard.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using base::Fault;
using base::Instant;
using incident::Answer;
using incident::Call;
using incident::State;

class Phone final : public Command {
 public:
  void describe(Options& app) override {
    app.add_option("person", person_, "Who answered, with --answer")->type_name("PERSON");
    auto* next = app.add_flag("--next", next_, "Take the next number, and print it");
    auto* print = app.add_flag("--print", print_, "Print a call sheet for paper and pen");
    auto* answer = app.add_option("--answer", answer_,
                                  "coming, later, last-resort, no, told, no-answer or wrong-number")
                       ->type_name("ANSWER");
    app.add_option("--eta", eta_, "coming: in so many minutes; else the journey from home")
        ->type_name("MINUTES");
    app.add_option("--from", from_, "later: from when, such as 07:00")->type_name("TIME");
    add_incident_option(app, label_);
    next->excludes(print)->excludes(answer);
    print->excludes(answer);
  }

  Exit run(Context& context) override {
    if (answer_.empty() != person_.empty())
      throw Fault(Exit::usage, "an answer needs a person, and a person an answer",
                  "such as: tocsin phone 20012345 --answer coming --eta 25");
    if (print_) return print_sheet(context);
    Session session(context, label_, Access::act);
    if (next_) return take_next(context, session);
    if (!answer_.empty()) return take_answer(context, session);
    if (!context.out.is_terminal() || ::isatty(STDIN_FILENO) != 1 || context.json ||
        context.dry_run)
      throw Fault(Exit::usage, "the switchboard's keys need a terminal",
                  "--next and --answer are for scripts, --print is for paper");
    return Switchboard(context, session).work();
  }

 private:
  static nlohmann::json call_json(const State& state, const Call& call) {
    const roster::Responder& row = state.roster[call.person];
    return {{"person", row.id.str()}, {"name", row.name},
            {"role", row.role.str()}, {"number", incident::number_of(state, call.person)},
            {"asks", call.asks},      {"say", incident::words_for(state, call)}};
  }

  Exit take_next(Context& context, Session& session) const {
    const auto call = take_call(context, session);
    const State& state = session.state();
    if (context.json) {
      context.out.json({{"incident", state.declared.label},
                        {"call", call ? call_json(state, *call) : nlohmann::json()},
                        {"left", incident::calls(state, context.clock.now()).size()}});
      return Exit::done;
    }
    if (!call)
      context.out.line("nobody waits to be rung");
    else
      for (const std::string& line : call_lines(context.out, state, *call)) context.out.line(line);
    return Exit::done;
  }

  Exit take_answer(Context& context, Session& session) const {
    const Instant now = context.clock.now();
    const auto make = [&](const State& state) {
      const incident::PersonIndex person = incident::find_person(state, person_);
      if (answer_ == "no-answer") return unanswered(state, person, incident::kNoAnswer);
      if (answer_ == "wrong-number") return unanswered(state, person, incident::kWrongNumber);
      if (answer_ == "told") return said(state, person);
      const auto answer = incident::answer_from_text(answer_);
      if (!answer || *answer == Answer::seen)
        throw Fault(Exit::usage, fmt::format("\"{}\" is not an answer", answer_),
                    "coming, later, last-resort, no, told, no-answer or wrong-number");
      return incident::reply_for(state, person, reply_of(*answer, eta_, from_, now),
                                 incident::kPhone, now, session.random());
    };
    report(context, session, session.carry_out(context, make));
    return Exit::done;
  }

  // Whoever waits to be rung, then for every post that is open those who could hold it and have not
  // been asked: what remains when no message goes through.
  Exit print_sheet(Context& context) const {
    Session session(context, label_, Access::read);
    const State& state = session.state();
    const Instant now = context.clock.now();
    std::set<incident::PersonIndex> listed;
    auto rows = nlohmann::json::array();
    std::vector<std::string> lines;
    const auto add = [&](const Call& call, const std::string& post) {
      if (!listed.insert(call.person).second) return;
      nlohmann::json row = call_json(state, call);
      row["post"] = post;
      rows.push_back(row);
      for (std::string& line : sheet_lines(state, call)) lines.push_back(std::move(line));
    };
    lines.emplace_back("TO BE RUNG NOW");
    for (const Call& call : incident::calls(state, now, incident::Taken::keep))
      add(call, state.messages[call.messages.front()].post.str());
    if (listed.empty()) lines.emplace_back("  nobody");
    for (const auto& [post, people] : uncalled_by_post(state)) {
      lines.emplace_back();
      const playbook::Post& wanted = state.playbook.posts[post.index];
      lines.push_back(fmt::format("IF NO MESSAGE GOES THROUGH: {} more for {}, {}, by {}",
                                  post.missing, wanted.title,
                                  state.playbook.find_area(wanted.area)->report_to,
                                  base::local_clock(state.at(wanted.by()))));
      for (const incident::PersonIndex person : people) add({person, {}, true}, wanted.id.str());
    }
    if (context.json) {
      context.out.json({{"incident", state.declared.label}, {"calls", rows}});
      return Exit::done;
    }
    const bool real = state.declared.realness == seal::Realness::real;
    context.out.line(base::printable(fmt::format("{}  {}  {}  {}", real ? "REAL" : "EXERCISE",
                                                 state.declared.label, state.playbook.title,
                                                 base::local_stamp(now))));
    context.out.line("Call sheet. Confidential: it has private telephone numbers. Shred it after.");
    context.out.line("");
    for (const std::string& line : lines) context.out.line(base::printable(line));
    return Exit::done;
  }

  static std::vector<std::string> sheet_lines(const State& state, const Call& call) {
    const roster::Responder& row = state.roster[call.person];
    std::vector<std::string> lines;
    lines.push_back(fmt::format("  [ ] {} {} {}", base::fit(row.name, 26),
                                base::fit(incident::number_of(state, call.person), 18),
                                row.role.str()));
    for (const std::string& words : incident::words_for(state, call))
      lines.push_back(fmt::format("      say: {}", words));
    lines.emplace_back("      coming at __:__   later from __:__   only if short   no   no answer");
    return lines;
  }

  struct OpenPost {
    incident::PostIndex index;
    int missing;
  };
  // The most urgent posts first; for each three people for every open seat, the nearest first.
  static std::vector<std::pair<OpenPost, std::vector<incident::PersonIndex>>> uncalled_by_post(
      const State& state) {
    constexpr int kForEachSeat = 3;
    std::vector<int> missing(state.playbook.posts.size(), 0);
    for (const incident::Slot& slot : state.slots) missing[slot.post] += slot.count;
    for (const incident::Person& person : state.people)
      if (person.status == incident::Status::assigned) --missing[state.slots[person.slot].post];
    std::vector<incident::PostIndex> order;
    for (incident::PostIndex p = 0; p < missing.size(); ++p)
      if (missing[p] > 0) order.push_back(p);
    std::stable_sort(order.begin(), order.end(),
                     [&](auto a, auto b) { return state.rank(a) < state.rank(b); });
    std::set<incident::PersonIndex> used;
    std::vector<std::pair<OpenPost, std::vector<incident::PersonIndex>>> found;
    for (const incident::PostIndex post : order) {
      std::vector<incident::PersonIndex> people;
      for (incident::PersonIndex p = 0; p < state.people.size(); ++p) {
        const incident::Person& person = state.people[p];
        const bool could_come =
            state.roster[p].is_active() && person.status == incident::Status::free &&
            !person.left && person.answer == Answer::none && !person.was_asked() &&
            (person.duty == roster::Duty::off || person.duty == roster::Duty::on_call);
        if (could_come && state.can_hold(p, post) && !used.contains(p) &&
            incident::can_reach(state, p, incident::kPhone))
          people.push_back(p);
      }
      std::stable_sort(people.begin(), people.end(), [&](auto a, auto b) {
        return state.roster[a].travel < state.roster[b].travel;
      });
      const auto most = static_cast<std::size_t>(missing[post] * kForEachSeat);
      if (people.size() > most) people.resize(most);
      used.insert(people.begin(), people.end());
      if (!people.empty()) found.push_back({{post, missing[post]}, std::move(people)});
    }
    return found;
  }

  std::string person_, answer_, eta_, from_, label_;
  bool next_ = false, print_ = false;
};

}  // namespace

std::unique_ptr<Command> make_phone() { return std::make_unique<Phone>(); }

}  // namespace tocsin::cli
