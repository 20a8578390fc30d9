// tocsin doctor: says in advance what would go wrong in an incident. Changes nothing.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/counted.h"
#include "base/text.h"
#include "command.h"
#include "control/declaration.h"
#include "control/people.h"
#include "control/wakeable.h"
#include "incident/calling/unfillable.h"
#include "input/opening.h"
#include "input/playbook_file.h"
#include "input/when.h"
#include "roster/membership/reachability.h"
#include "roster/people/dates.h"
#include "roster/people/names.h"
#include "seal/entropy.h"
#include "seal/hpke.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using base::Fault;
using nlohmann::json;

// NHS core standards require a communications exercise every six months. The list is reviewed as
// often.
constexpr std::chrono::days kReviewEvery{183};

struct Checked {
  std::string file;
  playbook::Playbook playbook;
  std::vector<incident::EmptySeats> unfilled;

  const std::string& id_of(const incident::EmptySeats& seats) const {
    return playbook.posts[seats.post].id.str();
  }
};

struct Examined {
  roster::Roster roster;
  roster::Membership membership;
  roster::Reach reach;
  std::optional<std::vector<std::size_t>> unwakeable;  // absent where nobody is woken by push
  std::vector<roster::LookAlike> look_alikes;
  std::vector<Checked> playbooks;
  base::Instant at{};
  bool review_is_due = false;
  bool has_rota = false;
  bool has_aes = false;

  std::size_t unfilled() const {
    std::size_t posts = 0;
    for (const Checked& one : playbooks) posts += one.unfilled.size();
    return posts;
  }
};

class Doctor final : public Command {
 public:
  void describe(Options& app) override {
    app.add_option("--playbook", files_, "Also say which of its posts cannot be filled")
        ->type_name("FILE");
    app.add_option("--at", at_, "When they are to be filled; now unless it is given")
        ->type_name("TIME");
  }

  Exit run(Context& context) override {
    const home::Home home = open_home(context);
    const base::Instant now = context.clock.now();
    const base::Instant at = when(at_, now);
    std::vector<Checked> playbooks;
    for (const std::string& file : files_)
      playbooks.push_back({file, read_playbook(file).playbook, {}});
    const home::Unlocked keys = unlock(context, home);
    const Examined examined = examine(home, keys, std::move(playbooks), at, now);
    if (context.json)
      print_json(context, examined);
    else
      print_text(context, examined);
    if (examined.unfilled() > 0) return Exit::unfilled;
    return examined.reach.unreachable.empty() ? Exit::done : Exit::not_reached;
  }

 private:
  static Examined examine(const home::Home& home, const home::Unlocked& keys,
                          std::vector<Checked> playbooks, base::Instant at, base::Instant now) {
    Examined out;
    out.roster = control::need_roster(home, keys.store);
    out.membership = control::read_membership(home, keys.store);
    const roster::Rota rota = control::read_rota(home, keys.store);
    out.reach = roster::reach_of(out.roster, out.membership);
    if (control::push_setting(home) != nullptr)
      out.unwakeable = unwakeable(out, control::read_subscriptions(home, keys.store));
    out.look_alikes = roster::look_alikes(out.roster);
    out.playbooks = std::move(playbooks);
    for (Checked& one : out.playbooks) one.unfilled = unfilled_at(home, keys, one, out.roster, at);
    out.at = at;
    const auto reviewed = out.membership.reviewed();
    out.review_is_due =
        out.membership.number() > 0 && (!reviewed || *reviewed + kReviewEvery < now);
    out.has_rota = rota.revision() > 0;
    out.has_aes = seal::hpke::has_aes_256_gcm();
    return out;
  }

  // As the night would have it: what `declare` would begin with, and everybody comes.
  static std::vector<incident::EmptySeats> unfilled_at(const home::Home& home,
                                                       const home::Unlocked& keys,
                                                       const Checked& checked,
                                                       const roster::Roster& roster,
                                                       base::Instant at) {
    seal::Entropy random;
    incident::State state;
    for (incident::Body& body :
         control::rehearsal(home, keys, checked.file, checked.playbook, roster, at, random))
      state.apply({at, "", std::move(body)});
    return incident::unfillable(std::move(state));
  }

  // People who have devices, none of which can be woken.
  static std::vector<std::size_t> unwakeable(const Examined& examined,
                                             const channel::SubscriptionBook& book) {
    std::vector<std::size_t> people;
    for (std::size_t i = 0; i < examined.roster.size(); ++i) {
      if (!examined.roster[i].is_active()) continue;
      const auto devices = examined.membership.live_devices(examined.roster[i].id);
      const bool can = std::ranges::any_of(
          devices, [&](const roster::Device* device) { return book.can_wake(device->keys.id()); });
      if (!devices.empty() && !can) people.push_back(i);
    }
    return people;
  }

  static void print_json(Context& context, const Examined& examined) {
    const auto people = [&](const std::vector<std::size_t>& indices) {
      auto list = json::array();
      for (const std::size_t i : indices)
        list.push_back({{"id", examined.roster[i].id.str()}, {"name", examined.roster[i].name}});
      return list;
    };
    auto alike = json::array();
    for (const roster::LookAlike& pair : examined.look_alikes)
      alike.push_back({{"first", examined.roster[pair.first].id.str()},
                       {"second", examined.roster[pair.second].id.str()},
                       {"likeness", to_text(pair.likeness)}});
    auto playbooks = json::array();
    for (const Checked& one : examined.playbooks) {
      auto unfilled = json::array();
      for (const incident::EmptySeats& seats : one.unfilled)
        unfilled.push_back(
            {{"post", one.id_of(seats)}, {"missing", seats.count}, {"reason", seats.reason}});
      playbooks.push_back(
          {{"file", one.file}, {"playbook", one.playbook.id}, {"unfilled", unfilled}});
    }
    const auto reviewed = examined.membership.reviewed();
    context.out.json(
        {{"at", base::to_rfc3339(examined.at)},
         {"people", examined.roster.size()},
         {"unreachable", people(examined.reach.unreachable)},
         {"single", people(examined.reach.single)},
         {"untested", people(examined.reach.untested)},
         {"unwakeable", examined.unwakeable ? people(*examined.unwakeable) : json(nullptr)},
         {"without_consent", examined.reach.without_consent},
         {"look_alikes", alike},
         {"membership",
          {{"number", examined.membership.number()},
           {"reviewed", reviewed ? json(roster::to_text(*reviewed)) : json(nullptr)},
           {"review_due", examined.review_is_due}}},
         {"rota", examined.has_rota},
         {"aes", examined.has_aes},
         {"playbooks", playbooks}});
  }

  // A heading with a mark, then at most ten lines of detail.
  static void section(Output& out, bool well, std::string_view heading,
                      const std::vector<std::string>& details) {
    constexpr std::size_t kShown = 10;
    out.line(fmt::format(
        "{} {}", well ? out.paint(Paint::green, "ok  ") : out.paint(Paint::red, "look"), heading));
    for (std::size_t i = 0; i < std::min(kShown, details.size()); ++i)
      out.line("       " + base::printable(details[i]));
    if (details.size() > kShown)
      out.line(fmt::format("       and {} more; --json lists all", details.size() - kShown));
  }

  static void print_text(Context& context, const Examined& examined) {
    Output& out = context.out;
    const roster::Roster& roster = examined.roster;
    const auto named = [&](std::size_t i) {
      return fmt::format("{} ({})", roster[i].name, roster[i].id.str());
    };
    const auto people = [&](std::string_view heading, const std::vector<std::size_t>& indices) {
      std::vector<std::string> details;
      for (const std::size_t i : indices) details.push_back(named(i));
      section(out, indices.empty(),
              fmt::format("{} {}", base::counted(indices.size(), "person", "people"), heading),
              details);
    };
    people("whom nothing reaches: no working contact point, no device", examined.reach.unreachable);
    people("with only one way to be reached", examined.reach.single);
    people("with contact points none of which was ever tested", examined.reach.untested);
    section(
        out, examined.reach.without_consent == 0,
        fmt::format("{} contact points without recorded consent", examined.reach.without_consent),
        {});
    if (examined.unwakeable)
      people("with a device and none that can be woken by push", *examined.unwakeable);
    std::vector<std::string> alike;
    for (const roster::LookAlike& pair : examined.look_alikes)
      alike.push_back(fmt::format("{} and {}: {}", named(pair.first), named(pair.second),
                                  to_text(pair.likeness)));
    section(out, alike.empty(),
            base::counted(alike.size(), "pair", "pairs") + " of names easily confused", alike);
    section(out, !examined.review_is_due, review_line(examined.membership), {});
    section(out, examined.has_rota,
            examined.has_rota ? "a rota is there" : "no rota: everybody counts as off duty", {});
    section(out, examined.has_aes,
            examined.has_aes ? "AES-256-GCM in this processor"
                             : "no AES in this processor: ChaCha20-Poly1305 is used instead",
            {});
    for (const Checked& one : examined.playbooks) {
      std::vector<std::string> posts;
      for (const incident::EmptySeats& seats : one.unfilled)
        posts.push_back(
            fmt::format("{}: {} missing, {}", one.id_of(seats), seats.count, seats.reason));
      section(out, posts.empty(),
              fmt::format("{} of {} of {} cannot be filled at {}, even if all come", posts.size(),
                          base::counted(one.playbook.posts.size(), "post", "posts"),
                          one.playbook.id, base::local_stamp(examined.at)),
              posts);
    }
  }

  static std::string review_line(const roster::Membership& membership) {
    if (membership.number() == 0) return "no device has enrolled yet";
    const auto reviewed = membership.reviewed();
    return reviewed ? fmt::format("membership reviewed on {}", roster::to_text(*reviewed))
                    : std::string{"membership never reviewed: tocsin staff enrolled --reviewed"};
  }

  std::vector<std::string> files_;
  std::string at_;
};

}  // namespace

std::unique_ptr<Command> make_doctor() { return std::make_unique<Doctor>(); }

}  // namespace tocsin::cli
