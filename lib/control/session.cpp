#include "control/session.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/fault.h"
#include "base/text.h"
#include "incident/loop/telling.h"
#include "record/journals.h"

namespace tocsin::control {

namespace {

using base::Exit;
using base::Fault;
using record::Listed;

std::string labels_of(const std::vector<Listed>& incidents) {
  std::vector<std::string> labels;
  for (const Listed& one : incidents) labels.push_back(base::printable(one.label));
  return base::join(labels, ", ");
}

std::string name_of(const Listed& one) {
  return one.label.empty() ? seal::to_text(one.id) : base::printable(one.label);
}

// What a command may mean, and the incidents that may be open but cannot be read.
struct Known {
  std::vector<Listed> readable;
  std::vector<Listed> lost;
  std::map<std::string, std::string>
      states{};                   // by label, of those that are open, when several are
  std::set<std::string> ended{};  // labels; somebody has yet to hear the end
};

// As labels say it. An incident without one may be real.
bool is_exercise(const Listed& one) { return one.label.starts_with("EX-"); }

// "REAL, declared at 22:40, 5 of 8 seats filled": what tells two nights apart.
std::string state_in_words(const incident::State& state) {
  int seats = 0;
  for (const incident::Slot& slot : state.slots) seats += slot.count;
  int open = 0;
  for (const int of_post : state.open_seats()) open += of_post;
  return fmt::format("{}, declared at {}, {} of {} seats filled",
                     state.declared.realness == seal::Realness::real ? "REAL" : "EXERCISE",
                     base::local_clock(state.declared_at), seats - open, seats);
}

std::string choices(const Known& known, const std::vector<Listed>& open) {
  std::vector<std::string> out;
  for (const Listed& one : open) {
    const auto state = known.states.find(one.label);
    out.push_back(state == known.states.end()
                      ? name_of(one)
                      : fmt::format("{} ({})", name_of(one), state->second));
  }
  return base::join(out, "; ");
}

const Listed* named(const std::vector<Listed>& some, const std::string& label) {
  const auto found = std::find_if(some.begin(), some.end(), [&](const Listed& one) {
    return base::to_lower(one.label) == base::to_lower(label) || seal::to_text(one.id) == label;
  });
  return found == some.end() ? nullptr : &*found;
}

Listed choose(const Known& known, const std::string& label, Access access) {
  const std::vector<Listed>& all = known.readable;
  if (!label.empty()) {
    if (const Listed* one = named(all, label)) return *one;
    if (const Listed* one = named(known.lost, label)) return *one;  // opening it says what is wrong
    throw Fault(Exit::usage, fmt::format("there is no incident \"{}\"", label),
                all.empty() ? "\"tocsin declare\" begins one" : "there are: " + labels_of(all));
  }
  std::vector<Listed> open = all;
  std::erase_if(open, [](const Listed& one) { return one.closed; });
  // One that has ended stands back for one that goes on.
  const auto has_ended = [&](const Listed& one) { return known.ended.contains(one.label); };
  if (!std::all_of(open.begin(), open.end(), has_ended)) std::erase_if(open, has_ended);
  // Nor an exercise in the place of a real one.
  const bool may_be_real = !std::all_of(known.lost.begin(), known.lost.end(), is_exercise);
  const bool is_in_its_place =
      access == Access::act && may_be_real && !open.empty() && is_exercise(open.front());
  if (open.size() == 1 && !is_in_its_place) return open.front();
  if (open.size() > 1)
    throw Fault(Exit::usage, fmt::format("{} incidents are open", open.size()),
                "name one with --incident: " + choices(known, open));
  // Never a closed incident in the place of one that may be open.
  if (!known.lost.empty())
    throw Fault(
        Exit::untrusted,
        fmt::format("{} may be open and cannot be read: {}", name_of(known.lost.front()),
                    known.lost.front().trouble),
        fmt::format("\"tocsin record verify {}\" says what of it is sound; --incident names "
                    "another incident",
                    seal::to_text(known.lost.front().id)));
  if (access != Access::act && !all.empty()) return all.front();
  throw Fault(Exit::usage, "no incident is open",
              all.empty() ? "\"tocsin declare\" begins one"
                          : fmt::format("\"tocsin declare\" begins one; --incident {} names the "
                                        "last one",
                                        all.front().label));
}

bool is_over(const incident::State& state) {
  return state.has_ended() && state.outbox.empty() && !incident::hears_of_the_end_later(state) &&
         !incident::will_move_on(state);
}

// Reads the whole journal: that it is over, or what is wrong with it after its first event. Returns
// what to call that; empty when nothing is.
std::string_view look_into(const home::Unlocked& keys, Listed& one, Known& known,
                           base::Random& random) {
  try {
    const auto journal = journal::SqliteJournal::open(
        one.path, journal::open_store_key(one.path, keys.coordinator.opening), std::nullopt,
        random);
    const incident::Ledger ledger{*journal};
    one.closed = is_over(ledger.state());
    known.states[one.label] = state_in_words(ledger.state());
    if (ledger.state().has_ended()) known.ended.insert(one.label);
    return {};
  } catch (const Fault& fault) {
    one.trouble = fault.what();
    return fault.exit() == Exit::untrusted ? "is damaged" : "cannot be read now";
  }
}

void note(const Wanted& wanted, const std::string& words) {
  if (wanted.note) wanted.note(words);
}

void remember_closed(const Wanted& wanted, const home::Home& home, const home::Unlocked& keys,
                     const Listed& one, base::Random& random) {
  try {
    record::remember_incident(home, keys, one, random);
  } catch (const Fault& fault) {  // a full disk must not keep anybody from looking
    note(wanted,
         fmt::format("{} is over, and cannot be marked so: {}", name_of(one), fault.what()));
  }
}

// When several incidents are open, reads each: a damaged one is left out with a note, and one that
// is over is marked. When only one is open, it is kept, and opening it says what is wrong.
void look_into_all(const Wanted& wanted, const home::Home& home, const home::Unlocked& keys,
                   Known& known, base::Random& random) {
  std::vector<Listed>& all = known.readable;
  if (std::count_if(all.begin(), all.end(), [](const Listed& one) { return !one.closed; }) < 2)
    return;
  for (Listed& one : all) {
    if (one.closed) continue;
    const std::string_view state = look_into(keys, one, known, random);
    if (one.closed) remember_closed(wanted, home, keys, one, random);
    if (state.empty() && !one.closed && known.ended.contains(one.label))
      note(wanted, fmt::format("{} has ended, and somebody has yet to hear it: --incident {}",
                               name_of(one), name_of(one)));
    if (state.empty()) continue;
    note(wanted, fmt::format("{} {} and is left out: {}", name_of(one), state, one.trouble));
    known.lost.push_back(one);
  }
  std::erase_if(all, [](const Listed& one) { return !one.trouble.empty(); });
}

// A journal that is lost or damaged must not stop commands on the others.
Known known_incidents(const Wanted& wanted, const home::Home& home, const home::Unlocked& keys,
                      base::Random& random) {
  Known known;
  for (Listed& one : record::incidents(home, keys, wanted.note)) {
    if (one.readable) {
      known.readable.push_back(std::move(one));
      continue;
    }
    const std::vector<Listed> alone{one};
    const bool is_meant = !wanted.label.empty() && named(alone, wanted.label) != nullptr;
    if (!is_meant)
      note(wanted, fmt::format("{} cannot be read and is left out: {}", name_of(one), one.trouble));
    if (is_meant || (one.was_declared && !one.closed)) known.lost.push_back(std::move(one));
  }
  if (wanted.label.empty()) look_into_all(wanted, home, keys, known, random);
  return known;
}

}  // namespace

Session::Session(home::Home home, home::Unlocked keys, const Wanted& wanted,
                 const base::Clock& clock)
    : home_(std::move(home)), keys_(std::move(keys)), clock_(clock) {
  // Mark an incident that turns out to be over, and choose again without it.
  Known known = known_incidents(wanted, home_, keys_, random_);
  for (;;) {
    const Listed listed = choose(known, wanted.label, wanted.access);
    if (wanted.at) at_ = wanted.at(listed.declared);
    open_journal(listed.id, wanted.access);
    if (!state().is_declared())
      throw Fault(Exit::usage, fmt::format("{} was not declared yet then", listed.label),
                  fmt::format("it was declared at {}", base::local_stamp(listed.declared)));
    was_closed_ = listed.closed;
    if (listed.closed || at_ || !is_over()) return;
    Listed over = listed;
    over.closed = was_closed_ = true;
    remember_closed(wanted, home_, keys_, over, random_);
    if (!wanted.label.empty() || (wanted.access != Access::act && known.lost.empty())) return;
    for (Listed& one : known.readable) one.closed = one.closed || one.id == listed.id;
  }
}

Session::Session(home::Home home, home::Unlocked keys, const seal::MessageId& incident,
                 const base::Clock& clock)
    : home_(std::move(home)), keys_(std::move(keys)), clock_(clock) {
  open_journal(incident, Access::act);
}

void Session::open_journal(const seal::MessageId& incident, Access access) {
  const auto path = home_.journal_path(incident);
  std::optional<journal::Author> author;
  if (access != Access::read)
    author.emplace(journal::Author{keys_.coordinator.signing, keys_.certificate});
  ledger_.reset();
  journal_ = journal::SqliteJournal::open(
      path, journal::open_store_key(path, keys_.coordinator.opening), author, random_);
  ledger_ = std::make_unique<incident::Ledger>(*journal_, at_);
  // What is recorded in a copy is lost when the copy is removed.
  if (state().is_declared() && state().declared.incident != incident)
    throw Fault(Exit::untrusted,
                fmt::format("{} has the journal of another incident, {}", path.string(),
                            seal::to_text(state().declared.incident)),
                "take the incident's own journal from a backup, or remove the copy");
}

void Session::refold() {
  journal_->forget();
  ledger_ = std::make_unique<incident::Ledger>(*journal_);
}

bool Session::is_over() const { return control::is_over(state()); }

void Session::close_if_over() {
  if (is_over()) remember(true);
}

void Session::remember(bool closed) {
  const incident::Declared& declared = state().declared;
  record::remember_incident(home_, keys_,
                            {declared.incident, home_.journal_path(declared.incident),
                             declared.label, state().declared_at, closed, true},
                            random_);
  was_closed_ = closed;
}

// Whoever answers after everybody was told has to hear the end as well. That needs a driver, and a
// driver takes up what is not closed.
void Session::open_again_if_needed() {
  if (!was_closed_ || is_over()) return;
  try {
    remember(false);
  } catch (const Fault&) {  // a full disk: the answer is recorded, and --incident still names it
  }
}

incident::Order Session::carry_out(const Make& make) {
  for (;;) {
    try {
      ledger_->look_at_clock(clock_.now());  // the order is made by the clock as it is now
      incident::Order order = make(state());
      for (const incident::Body& body : order.events) ledger_->add(clock_.now(), by(), body);
      if (ledger_->commit()) {
        open_again_if_needed();
        return order;
      }
    } catch (const Fault&) {
      ledger_->start_over();  // who goes on must not take for done what was not recorded
      throw;
    }
  }
}

std::filesystem::path Session::lock_path() const {
  return home_.path() / "incidents" /
         fmt::format("{}.driver.lock", seal::to_text(state().declared.incident));
}

std::unique_ptr<Lease> Session::lease() {
  return std::make_unique<Lease>(journal_->lease(), lock_path(), this_process(by()), clock_);
}

std::optional<Driven> Session::driver() {
  return look(*journal_->lease(), lock_path(), clock_.now());
}

bool Session::is_driven() {
  const auto driven = driver();
  return driven && !driven->is_silent;
}

}  // namespace tocsin::control
