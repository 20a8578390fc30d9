// tocsin declare: open an incident from a playbook. Sends nothing: that is for run and step.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/counted.h"
#include "base/text.h"
#include "declaration.h"
#include "incident/loop/drive.h"
#include "input/opening.h"
#include "input/playbook_file.h"
#include "journal/memory.h"
#include "people.h"
#include "playbook/judging/judge.h"
#include "record/journals.h"
#include "running.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using base::Fault;
using incident::State;

class Declare final : public Command {
 public:
  void describe(Options& app) override {
    app.add_option("playbook", file_, "The playbook")->type_name("PLAYBOOK")->required();
    auto* real = app.add_flag("--real", real_, "This is a real incident");
    app.add_flag("--exercise", exercise_, "This is an exercise, and everybody is told so")
        ->excludes(real);
    app.add_option("--reason", reason_, "What happened, for the record")
        ->type_name("TEXT")
        ->required();
    app.add_flag("--run", run_, "Drive it at once, as tocsin run does");
    app.add_option("--relay", relay_, "With --run: serve the mailboxes here too")
        ->type_name("ADDR:PORT");
  }

  Exit run(Context& context) override {
    if (real_ == exercise_)
      throw Fault(Exit::usage, "say whether this is real", "--real or --exercise");
    const std::string reason = incident::words_of(reason_, "--reason");
    playbook::Reading reading = read_playbook(file_);
    home::Home home = open_home(context);
    home::Unlocked keys = unlock(context, home);
    const roster::Roster roster = need_roster(home, keys.store);
    warn_of_gaps(context, reading, roster);

    seal::Entropy random;
    const seal::MessageId id = seal::random_message_id(random);
    const std::vector<record::Listed> known = record::incidents(home, keys);
    incident::Declared declared;
    declared.incident = id;
    declared.label = free_label(context.clock.now(), known);
    declared.realness = real_ ? seal::Realness::real : seal::Realness::exercise;
    declared.reason = reason;
    declared.playbook_file = file_;
    declared.set_playbook(std::move(reading.playbook));
    std::vector<incident::Body> events =
        declaration(home, keys, std::move(declared), roster, context.clock.now());
    if (context.dry_run) return rehearse(context, events, keys, random);

    std::get<incident::Declared>(events.front()).identity =
        home.create_incident_key(id, random).public_identity();
    Session session(std::move(home), std::move(keys), id);
    for (incident::Body& body : events)
      session.ledger().add(context.clock.now(), session.by(), std::move(body));
    TOCSIN_ASSERT(session.ledger().commit());
    const State& state = session.state();
    record::remember_incident(
        session.home(), session.keys(),
        {id, session.home().journal_path(id), state.declared.label, state.declared_at, false, true},
        session.random());
    print(context, state);
    if (!run_) return Exit::done;
    context.out.flush();
    return run_incident(context, session, relay_);
  }

 private:
  // What nobody on the roster can do is no reason to refuse on the night itself; it is a reason to
  // say so.
  static void warn_of_gaps(Context& context, const playbook::Reading& reading,
                           const roster::Roster& roster) {
    playbook::RosterWords words;
    for (const auto& skill : roster.skills()) words.skills.emplace(skill.str());
    for (const auto& group : roster.staff_groups()) words.staff_groups.emplace(group.str());
    document::Findings findings;
    playbook::judge(reading, findings, &words);
    for (const document::Finding& finding : findings.sorted())
      if (finding.severity == document::Severity::error)
        context.out.note(fmt::format("{}:{}: {}", finding.file, finding.line, finding.message));
  }

  // "MI-20261122-2240"; "EX-…" for an exercise, so that the label alone tells them apart.
  std::string free_label(base::Instant now, const std::vector<record::Listed>& known) const {
    const base::Civil c = base::to_local(now);
    const std::string stem = fmt::format("{}-{:04}{:02}{:02}-{:02}{:02}", real_ ? "MI" : "EX",
                                         c.year, c.month, c.day, c.hour, c.minute);
    std::string label = stem;
    for (int n = 2; std::any_of(known.begin(), known.end(),
                                [&](const record::Listed& one) { return one.label == label; });
         ++n)
      label = fmt::format("{}-{}", stem, n);
    return label;
  }

  static void print(Context& context, const State& state) {
    const bool real = state.declared.realness == seal::Realness::real;
    if (context.json) {
      context.out.json({{"incident", state.declared.label},
                        {"id", seal::to_text(state.declared.incident)},
                        {"exercise", !real},
                        {"declared_at", base::to_rfc3339(state.declared_at)},
                        {"staff", state.roster.size()},
                        {"posts", seats_of(state)}});
      return;
    }
    Output& out = context.out;
    out.line(fmt::format(
        "{} {}  {}",
        out.paint(real ? Paint::real : Paint::exercise, real ? " REAL " : " EXERCISE "),
        out.paint(Paint::bold, state.declared.label), base::printable(state.playbook.title)));
    out.line(fmt::format("{} to fill, {} on the roster; nobody has been called yet",
                         base::counted(seats_of(state), "post", "posts"),
                         base::counted(state.roster.size(), "person", "people")));
  }

  static int seats_of(const State& state) {
    int seats = 0;
    for (const incident::Slot& slot : state.slots) seats += slot.count;
    return seats;
  }

  // What the first pass would do, in memory, with nothing to send it over.
  Exit rehearse(Context& context, std::vector<incident::Body>& events, const home::Unlocked& keys,
                base::Random& random) const {
    const seal::Identity identity = seal::Identity::generate(random);
    std::get<incident::Declared>(events.front()).identity = identity.public_identity();
    journal::MemoryJournal journal;
    incident::Ledger ledger(journal);
    for (incident::Body& body : events)
      ledger.add(context.clock.now(), keys.certificate.name, std::move(body));
    TOCSIN_ASSERT(ledger.commit());
    const incident::SealedEnvelopes envelopes(keys.coordinator.signing, identity.opening);
    incident::Driver driver(ledger, {}, envelopes, keys.certificate, context.clock, random);
    driver.settle();
    const State& state = ledger.state();
    auto asked = nlohmann::json::array();
    auto placed = nlohmann::json::array();
    std::vector<std::string> lines;
    for (incident::PersonIndex p = 0; p < state.people.size(); ++p) {
      const incident::Person& person = state.people[p];
      const roster::Responder& row = state.roster[p];
      if (person.was_asked()) {
        const std::string& channel = state.messages[*person.request].channel.str();
        asked.push_back({{"person", row.id.str()},
                         {"name", row.name},
                         {"post", person.asked_for.str()},
                         {"channel", channel},
                         {"why", person.asked_why}});
        lines.push_back(fmt::format("  {} {} by {}: {}", base::fit(row.name, 24),
                                    base::fit(person.asked_for.str(), 34), channel,
                                    person.asked_why));
      } else if (person.status == incident::Status::assigned) {
        placed.push_back({{"person", row.id.str()},
                          {"name", row.name},
                          {"post", state.playbook.posts[state.slots[person.slot].post].id.str()}});
      }
    }
    if (context.json) {
      context.out.json({{"dry_run", true}, {"asked", asked}, {"placed", placed}});
      return Exit::done;
    }
    context.out.line(fmt::format("{} on duty would be placed, {} would be asked in the first wave:",
                                 base::counted(placed.size(), "person", "people"), asked.size()));
    for (const std::string& line : lines) context.out.line(base::printable(line));
    context.out.note("nothing was declared or sent: this is a dry run");
    return Exit::done;
  }

  std::string file_, reason_, relay_;
  bool real_ = false, exercise_ = false, run_ = false;
};

}  // namespace

std::unique_ptr<Command> make_declare() { return std::make_unique<Declare>(); }

}  // namespace tocsin::cli
