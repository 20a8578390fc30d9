#include "control/session.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/fault.h"
#include "base/text.h"
#include "incident/loop/placement.h"
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

Listed choose(std::vector<Listed> all, const std::string& label, Access access) {
  if (!label.empty()) {
    for (const Listed& one : all)
      if (base::to_lower(one.label) == base::to_lower(label)) return one;
    throw Fault(Exit::usage, fmt::format("there is no incident \"{}\"", label),
                all.empty() ? "\"tocsin declare\" begins one" : "there are: " + labels_of(all));
  }
  if (access == Access::read && !all.empty() &&
      std::all_of(all.begin(), all.end(), [](const Listed& one) { return one.closed; }))
    return all.front();
  const std::string last = all.empty() ? std::string{} : all.front().label;
  std::erase_if(all, [](const Listed& one) { return one.closed; });
  if (all.size() == 1) return all.front();
  if (all.empty())
    throw Fault(Exit::usage, "no incident is open",
                last.empty() ? "\"tocsin declare\" begins one"
                             : fmt::format("\"tocsin declare\" begins one; --incident {} names the "
                                           "last one",
                                           last));
  throw Fault(Exit::usage, fmt::format("{} incidents are open", all.size()),
              "name one with --incident: " + labels_of(all));
}

// What is wrong with a journal after its first event; empty when all of it can be read.
std::string damage_of(const home::Unlocked& keys, const Listed& one, base::Random& random) {
  try {
    const auto journal = journal::SqliteJournal::open(
        one.path, journal::open_store_key(one.path, keys.coordinator.opening), std::nullopt,
        random);
    incident::Ledger{*journal};
    return {};
  } catch (const Fault& fault) {
    if (fault.exit() != Exit::untrusted) throw;
    return fault.what();
  }
}

void note(const Wanted& wanted, const std::string& words) {
  if (wanted.note) wanted.note(words);
}

// When several incidents are open, leaves out damaged ones, with a note. When only one is open, it
// is kept, and opening it says what is wrong.
void leave_out_damaged(const Wanted& wanted, const home::Unlocked& keys, std::vector<Listed>& all,
                       base::Random& random) {
  if (std::count_if(all.begin(), all.end(), [](const Listed& one) { return !one.closed; }) < 2)
    return;
  std::erase_if(all, [&](const Listed& one) {
    const std::string damage = one.closed ? "" : damage_of(keys, one, random);
    if (!damage.empty())
      note(wanted,
           fmt::format("{} is damaged and is left out: {}", base::printable(one.label), damage));
    return !damage.empty();
  });
}

// A journal that is lost or damaged must not stop commands on the others.
std::vector<Listed> readable_incidents(const Wanted& wanted, const home::Home& home,
                                       const home::Unlocked& keys, base::Random& random) {
  std::vector<Listed> all = record::incidents(home, keys);
  const auto lost =
      std::stable_partition(all.begin(), all.end(), [](const Listed& one) { return one.readable; });
  for (auto one = lost; one != all.end(); ++one)
    note(wanted, fmt::format("{} cannot be read and is left out: \"tocsin record verify\" on {}",
                             one->label.empty() ? "an incident" : base::printable(one->label),
                             seal::to_text(one->id)));
  // When the label names it, opening it says what is wrong.
  all.erase(std::remove_if(lost, all.end(),
                           [&](const Listed& one) {
                             return wanted.label.empty() ||
                                    base::to_lower(one.label) != base::to_lower(wanted.label);
                           }),
            all.end());
  if (wanted.label.empty()) leave_out_damaged(wanted, keys, all, random);
  return all;
}

}  // namespace

Session::Session(home::Home home, home::Unlocked keys, const Wanted& wanted,
                 const base::Clock& clock)
    : home_(std::move(home)), keys_(std::move(keys)), clock_(clock) {
  // Mark an incident that turns out to be over, and choose again without it.
  std::vector<Listed> all = readable_incidents(wanted, home_, keys_, random_);
  for (;;) {
    const Listed listed = choose(all, wanted.label, wanted.access);
    if (wanted.at) at_ = wanted.at(listed.declared);
    open_journal(listed.id, wanted.access);
    if (!state().is_declared())
      throw Fault(Exit::usage, fmt::format("{} was not declared yet then", listed.label),
                  fmt::format("it was declared at {}", base::local_stamp(listed.declared)));
    if (listed.closed || at_ || !is_over()) return;
    close_if_over();
    if (!wanted.label.empty() || wanted.access == Access::read) return;
    for (Listed& one : all) one.closed = one.closed || one.id == listed.id;
  }
}

Session::Session(home::Home home, home::Unlocked keys, const seal::MessageId& incident,
                 const base::Clock& clock)
    : home_(std::move(home)), keys_(std::move(keys)), clock_(clock) {
  seal::StoreKey key = seal::generate_store_key(random_);
  const base::Bytes wrapped =
      seal::wrap(key.view(), home_.holders(), journal::key_purpose(incident), random_);
  journal::SqliteJournal::create(home_.journal_path(incident), incident, std::move(key), wrapped,
                                 std::nullopt, random_);
  open_journal(incident, Access::act);
}

void Session::open_journal(const seal::MessageId& incident, Access access) {
  const auto path = home_.journal_path(incident);
  std::optional<journal::Author> author;
  if (access == Access::act)
    author.emplace(journal::Author{keys_.coordinator.signing, keys_.certificate});
  ledger_.reset();
  journal_ = journal::SqliteJournal::open(
      path, journal::open_store_key(path, keys_.coordinator.opening), author, random_);
  ledger_ = std::make_unique<incident::Ledger>(*journal_, at_);
}

void Session::refold() { ledger_ = std::make_unique<incident::Ledger>(*journal_); }

bool Session::is_over() const {
  return state().has_ended() && state().outbox.empty() && incident::stand_down_all(state()).empty();
}

void Session::close_if_over() {
  if (!is_over()) return;
  const incident::Declared& declared = state().declared;
  record::remember_incident(home_, keys_,
                            {declared.incident, home_.journal_path(declared.incident),
                             declared.label, state().declared_at, true, true},
                            random_);
}

incident::Order Session::carry_out(const Make& make) {
  for (;;) {
    incident::Order order = make(state());
    if (order.events.empty()) return order;
    for (const incident::Body& body : order.events) ledger_->add(clock_.now(), by(), body);
    if (ledger_->commit()) return order;
  }
}

bool Session::is_driven() {
  const auto lease = journal_->lease();
  if (!lease->take(clock_.now(), base::Milliseconds{1})) return true;
  lease->give_back();
  return false;
}

}  // namespace tocsin::control
