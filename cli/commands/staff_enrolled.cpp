// tocsin staff enrolled: shows the devices that may answer, and accepts those that wait.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>
#include <thread>
#include <utility>

#include "base/text.h"
#include "command.h"
#include "control/enrolments.h"
#include "control/people.h"
#include "control/wakeable.h"
#include "input/opening.h"
#include "roster/people/dates.h"
#include "seal/entropy.h"
#include "seal/words.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using base::Fault;
using nlohmann::json;

using Pending = std::vector<roster::PendingInvitation>;

constexpr std::chrono::seconds kOnePoll{50};  // proxies drop a quiet connection after a minute
constexpr std::chrono::seconds kRest{2};      // pause before asking a relay that did not answer

json json_of(const roster::Device& device, const std::string& name,
             const channel::SubscriptionBook& book) {
  json revoked;
  if (device.revoked)
    revoked = {{"at", base::to_rfc3339(device.revoked->at)},
               {"by", device.revoked->by},
               {"reason", device.revoked->reason}};
  return {{"person", device.person.str()},
          {"name", name},
          {"device", device.name},
          {"id", seal::to_text(device.keys.id())},
          {"fingerprint", seal::fingerprint_words(device.keys)},
          {"added", base::to_rfc3339(device.added)},
          {"added_by", device.added_by},
          {"can_be_woken", book.can_wake(device.keys.id())},
          {"revoked", revoked}};
}

class StaffEnrolled final : public Command {
 public:
  void describe(Options& app) override {
    app.add_flag("--accept", accept_, "List every device that waits as a member");
    app.add_option("--words", words_, "Accept only the device with these six words")
        ->type_name("WORDS");
    app.add_option("--wait", wait_, "Go on for this long, and accept devices as they come")
        ->type_name("TIME");
    app.add_flag("--reviewed", reviewed_,
                 "Record that the list was gone through today and is right");
    app.add_flag("--all", all_, "Also show revoked devices");
  }

  Exit run(Context& context) override {
    const auto wait = wait_.empty() ? base::Minutes{0} : base::parse_minutes(wait_);
    if (!wait || *wait > std::chrono::days{7})
      throw Fault(Exit::usage, fmt::format("\"{}\" is no time to wait", wait_), "1min to 168h");
    if (!wait_.empty() && !words_.empty())
      throw Fault(Exit::usage, "--words is for one device, and --wait for all that come");
    const home::Home home = open_home(context);
    const home::Unlocked keys = unlock(context, home);
    accepts_ =
        accept_ || !words_.empty() || home.settings().enrolment == home::Acceptance::automatic;
    if (!wait_.empty() && !accepts_)
      throw Fault(Exit::usage, "--wait accepts devices as they come",
                  "give --accept, or set enrolment: automatic in tocsin.yaml");
    std::optional<seal::Identity> organisation;
    look(context, home, keys, organisation, std::chrono::seconds{0});
    const base::Instant end = context.clock.now() + *wait;
    std::string trouble;
    while (!context.dry_run && context.clock.now() < end) {
      const auto left = std::chrono::ceil<std::chrono::seconds>(end - context.clock.now());
      const std::string was = std::exchange(
          trouble, try_look(context, home, keys, organisation, std::min(left, kOnePoll)));
      if (trouble.empty()) continue;
      if (trouble != was) context.out.note(trouble + "; it is asked again");
      std::this_thread::sleep_for(std::min(left, kRest));
    }
    return trouble.empty() ? Exit::done : Exit::unreachable;
  }

 private:
  // A wait of a whole day must survive a restart of the relay. Returns why it did not answer.
  std::string try_look(Context& context, const home::Home& home, const home::Unlocked& keys,
                       std::optional<seal::Identity>& organisation, std::chrono::seconds patience) {
    try {
      look(context, home, keys, organisation, patience);
      return {};
    } catch (const Fault& fault) {
      if (fault.exit() != Exit::unreachable) throw;
      return fault.what();
    }
  }

  // Handles what the relay has, or gets within `patience`, once. Unlocks the organisation's key
  // when it is first needed. After the first time, prints only when something came.
  void look(Context& context, const home::Home& home, const home::Unlocked& keys,
            std::optional<seal::Identity>& organisation, std::chrono::seconds patience) {
    control::Enrolments enrolments{home, keys, context.clock};
    if (patience > std::chrono::seconds{0}) enrolments.wait(patience);
    const roster::Roster roster = control::read_roster(home, keys.store);
    const bool is_first = patience == std::chrono::seconds{0};
    const bool reviews = reviewed_ && is_first;
    bool came = false;
    bool turns_away = false;
    Seen seen;
    for (bool is_kept = false; !is_kept;) {
      seen = see(home, keys, enrolments);
      came = !(seen.waiting.devices.empty() && seen.waiting.listed.empty());
      // With --words only one of the waiting devices is handled; the others continue to wait. A
      // device with a used code must not make a command that only lists ask for the organisation's
      // key.
      turns_away = accepts_ && !context.dry_run && words_.empty() &&
                   !seen.waiting.turned_away.empty() && (accept_ || !wait_.empty() || came);
      const bool changes = ((accepts_ && came) || reviews) && !context.dry_run;
      if ((changes || turns_away) && !organisation)
        organisation.emplace(unlock_organisation(context, home));
      is_kept = !changes || keep(context, home, keys, organisation->signing, seen, reviews);
    }
    const roster::Membership& membership = seen.membership;
    const control::Waiting& waiting = seen.waiting;
    // Put it on the list first and tell it then. If the command is killed in between, the device is
    // told the next time.
    if (accepts_ && came && !context.dry_run) {
      seal::Entropy random;
      enrolments.tell(waiting, membership.number(), organisation->signing, random);
    }
    if (turns_away) {
      seal::Entropy random;
      const std::string untold = enrolments.tell_unlisted(waiting.turned_away, membership.number(),
                                                          organisation->signing, random);
      if (!untold.empty()) context.out.note("a device was not told that it is rejected: " + untold);
    }
    if (accepts_ && !context.dry_run) {
      seal::Entropy random;
      control::take_subscriptions(home, keys, waiting, random);
      const std::string untold =
          control::offer_to_wake(home, keys, membership, context.clock, random);
      if (!untold.empty()) context.out.note("a device was not offered to be woken: " + untold);
    }
    // With --words the other enrolments stay at the relay. With --wait, unsound ones are deleted,
    // too, because each would end the wait at once.
    if (accepts_ && words_.empty() && !context.dry_run && (came || turns_away || !is_first))
      enrolments.forget(waiting);
    if (is_first || !waiting.devices.empty()) {
      std::optional<channel::SubscriptionBook> book;
      if (control::push_setting(home) != nullptr)
        book = control::read_subscriptions(home, keys.store);
      print(context, roster, membership, waiting, book);
    }
  }

  struct Seen {
    roster::Membership membership;
    Pending given;
    Pending left;  // the same invitations, with used ones marked
    control::Waiting waiting;
  };
  Seen see(const home::Home& home, const home::Unlocked& keys,
           control::Enrolments& enrolments) const {
    // Read them in the reverse order of writing. Then a device whose invitation another process has
    // just marked as used is on the list already.
    Pending given = control::read_invitations(home, keys.store);
    Seen seen{control::read_membership(home, keys.store), given, std::move(given), {}};
    seen.waiting = enrolments.fetch(seen.left, seen.membership, {one_spaced(words_)});
    const control::Waiting& waiting = seen.waiting;
    if (!waiting.trouble.empty() && (accept_ || !words_.empty() || !wait_.empty()))
      throw Fault(Exit::unreachable, waiting.trouble, "is the relay of tocsin.yaml running?");
    if (!words_.empty() && waiting.devices.empty())
      throw Fault(Exit::untrusted, "no device that waits has these words",
                  "have them read out again; \"tocsin staff enrolled\" shows who waits");
    return seen;
  }

  // Puts the waiting devices on the list. Returns false and writes nothing when the membership or
  // the invitations have changed meanwhile: while the relay or a person was asked, somebody may
  // have been revoked or invited.
  bool keep(Context& context, const home::Home& home, const home::Unlocked& keys,
            const seal::SigningKey& organisation, Seen& seen, bool reviews) const {
    const base::FileLock held = control::hold_people(home);
    if (control::read_membership(home, keys.store).number() != seen.membership.number() ||
        control::read_invitations(home, keys.store) != seen.given)
      return false;
    seal::Entropy random;
    const base::Instant now = context.clock.now();
    if (accepts_)
      for (const roster::Enrolled& device : seen.waiting.devices)
        seen.membership.add(
            {device.person, device.device, device.name, now, keys.certificate.name, std::nullopt});
    if (reviews) seen.membership.review(std::chrono::floor<std::chrono::days>(now));
    control::write_membership(home, keys.store, seen.membership, organisation, now, random);
    if (accepts_) control::write_invitations(home, keys.store, seen.left, now, random);
    return true;
  }

  // The words in the form of fingerprints: lower case, with single spaces.
  static std::string one_spaced(std::string_view typed) {
    std::istringstream words{base::to_lower(typed)};
    std::string out;
    for (std::string word; words >> word; out += word) out += out.empty() ? "" : " ";
    return out;
  }

  static std::string name_of(const roster::Roster& roster, const roster::PersonId& id) {
    const roster::Responder* person = roster.find(id);
    return person == nullptr ? std::string{"not on the roster"} : person->name;
  }

  // `book` is absent when push is not a channel.
  void print_json(Context& context, const roster::Roster& roster,
                  const roster::Membership& membership, const control::Waiting& waiting,
                  const std::optional<channel::SubscriptionBook>& book) const {
    const bool accepted = accepts_ && !context.dry_run;
    auto devices = json::array();
    for (const roster::Device& device : membership.devices())
      if (all_ || device.is_live())
        devices.push_back(json_of(device, name_of(roster, device.person),
                                  book.value_or(channel::SubscriptionBook{})));
    auto arrived = json::array();
    for (const roster::Enrolled& one : waiting.devices)
      arrived.push_back({{"person", one.person.str()},
                         {"name", name_of(roster, one.person)},
                         {"device", one.name},
                         {"fingerprint", seal::fingerprint_words(one.device)}});
    context.out.json(
        {{"membership", membership.number()},
         {"reviewed",
          membership.reviewed() ? json(roster::to_text(*membership.reviewed())) : json(nullptr)},
         {"devices", devices},
         {"waiting", accepted ? json::array() : arrived},
         {"accepted", accepted ? arrived : json::array()},
         {"rejected", waiting.rejected},
         {"trouble", waiting.trouble}});
  }

  void print(Context& context, const roster::Roster& roster, const roster::Membership& membership,
             const control::Waiting& waiting,
             const std::optional<channel::SubscriptionBook>& book) const {
    const bool accepted = accepts_ && !context.dry_run;
    if (context.json) return print_json(context, roster, membership, waiting, book);
    Output& out = context.out;
    for (const roster::Device& device : membership.devices()) {
      if (!all_ && !device.is_live()) continue;
      out.line(fmt::format(
          "{} {} {}  {}{}", base::fit(device.person.str(), 10),
          base::fit(base::printable(name_of(roster, device.person)), 24),
          base::fit(base::printable(device.name), 20), seal::fingerprint_words(device.keys),
          device.is_live() ? "" : "  REVOKED: " + base::printable(device.revoked->reason)));
    }
    for (const roster::Enrolled& one : waiting.devices) {
      if (accepted) break;  // it is on the list above now
      out.line(fmt::format("{} {} {}  {}  {}", base::fit(one.person.str(), 10),
                           base::fit(base::printable(name_of(roster, one.person)), 24),
                           base::fit(base::printable(one.name), 20),
                           seal::fingerprint_words(one.device),
                           out.paint(Paint::yellow, "waits: --accept")));
    }
    if (accepted) out.note(fmt::format("{} accepted", waiting.devices.size()));
    if (!waiting.trouble.empty()) out.note(waiting.trouble);
    if (waiting.rejected > 0)
      out.note(fmt::format("enrolments that are not sound and are left out: {}", waiting.rejected));
    if (book) {
      const auto& devices = membership.devices();
      const auto live = std::count_if(devices.begin(), devices.end(),
                                      [](const auto& device) { return device.is_live(); });
      const auto woken = std::count_if(devices.begin(), devices.end(), [&](const auto& device) {
        return device.is_live() && book->can_wake(device.keys.id());
      });
      out.note(fmt::format("{} of {} devices can be woken by push", woken, live));
    }
    out.note(fmt::format("membership list {}, {}", membership.number(),
                         membership.reviewed()
                             ? "reviewed on " + roster::to_text(*membership.reviewed())
                             : std::string{"never reviewed"}));
  }

  std::string words_;
  std::string wait_;
  bool accept_ = false;
  bool accepts_ = false;  // by a flag or by the organisation's setting
  bool reviewed_ = false;
  bool all_ = false;
};

}  // namespace

std::unique_ptr<Command> make_staff_enrolled() { return std::make_unique<StaffEnrolled>(); }

}  // namespace tocsin::cli
