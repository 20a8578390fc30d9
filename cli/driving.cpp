#include "driving.h"

#include <fmt/format.h>
#include <unistd.h>

#include <thread>

#include "base/file.h"
#include "base/text.h"
#include "channel/make.h"
#include "enrolments.h"
#include "input/listen.h"
#include "wakeable.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using base::Fault;

constexpr base::Milliseconds kTerm{10'000};
constexpr base::Milliseconds kRenewAfter{3'000};
constexpr base::Milliseconds kMembershipEvery{2'000};
constexpr base::Milliseconds kWakeableEvery{60'000};

seal::Identity incident_key_of(const Session& session) {
  auto key = session.home().incident_key(session.state().declared.incident, session.keys());
  if (!key)
    throw Fault(Exit::fault,
                fmt::format("the key of {} was destroyed", session.state().declared.label),
                "a purged incident cannot be driven any more; \"tocsin board\" still shows it");
  return *std::move(key);
}

}  // namespace

std::unique_ptr<relay::Server> embedded_relay(const Session& session, const std::string& address,
                                              const base::Clock& clock) {
  ListenAddress listen = read_listen("--relay", address);
  relay::ServerSettings settings;
  settings.store = session.home().path() / "relay.db";
  settings.address = std::move(listen.host);
  settings.port = listen.port;
  settings.organisations = {
      {session.home().organisation().verify, session.home().enrolment().id()}};
  auto server = std::make_unique<relay::Server>(std::move(settings), clock);
  server->start();
  return server;
}

Driving::Driving(Session& session, const base::Clock& clock, channel::Listen listen,
                 const relay::Server* relay)
    : session_(session),
      clock_(clock),
      incident_key_(incident_key_of(session)),
      envelopes_(session.keys().coordinator.signing, incident_key_.opening),
      lease_(session.journal().lease()) {
  const home::Settings& settings = session.home().settings();
  channel::RelayAddress address;
  if (relay != nullptr) {
    // Whoever listens everywhere is spoken to here.
    address.url = fmt::format("http://127.0.0.1:{}", relay->port());
    const std::string url = relay->url();
    if (!url.starts_with("http://0.0.0.0:") && !url.starts_with("http://[::]:")) address.url = url;
  } else if (settings.relay) {
    address = {settings.relay->url, settings.relay->pins};
  }
  channel::Parts parts{.home = session.home().path(),
                       .relay = std::move(address),
                       .coordinator = session.keys().coordinator,
                       .certificate = session.keys().certificate,
                       .incident = incident_key_,
                       .clock = clock,
                       .listen = listen};
  parts.push_key = [&] { return session.home().push_key(session.keys(), session.random()); };
  if (settings.relay && settings.relay->url.starts_with("https://"))
    parts.turn_to = settings.relay->url;
  if (!parts.relay.url.empty()) relay_ = channel::RelayChannel::make({}, parts);
  for (const home::Channel& channel : settings.channels)
    if (!contact::find(channel.id)->needs_relay)
      others_.push_back(channel::make(channel.id, channel.settings, parts));
  if (const home::Channel* push = push_setting(session.home()); relay_ && push != nullptr)
    try_waking([&] {
      waking_ = std::make_unique<channel::WakingChannel>(
          *relay_, channel::PushChannel::make(push->settings, parts), clock, listen);
    });
  if (!waking_trouble_.empty()) waking_trouble_ += "; put it right and begin anew";
  if (waking_)
    channels_.push_back(waking_.get());
  else if (relay_)
    channels_.push_back(relay_.get());
  for (const auto& other : others_) channels_.push_back(other.get());
  driver_ = std::make_unique<incident::Driver>(session.ledger(), channels_, envelopes_,
                                               session.keys().certificate, clock, session.random());
}

Driving::~Driving() {
  if (!holds_lease_) return;
  try {
    std::error_code ignored;  // a note that stays behind is overwritten by whoever drives next
    std::filesystem::remove(note_path(), ignored);
    lease_->give_back();
  } catch (const base::Fault&) {  // it lapses by itself
  }
}

std::filesystem::path Driving::note_path() const {
  return session_.home().path() / "incidents" /
         fmt::format("{}.driver", seal::to_text(session_.state().declared.incident));
}

std::filesystem::path Driving::lock_path() const {
  return std::filesystem::path{note_path()} += ".lock";
}

bool Driving::take_lease() {
  for (int tries = 0; tries < 10; ++tries) {
    // The store is a file of this machine: whoever holds the lease without the lock is dead.
    if (!lock_) lock_ = base::FileLock::try_take(lock_path());
    if (lock_) {
      lease_->take_over(clock_.now(), kTerm);
      holds_lease_ = true;
      lease_until_ = clock_.now() + kTerm;
      base::write_file(note_path(),
                       base::bytes_of(fmt::format("process {}, {}, since {}", ::getpid(),
                                                  session_.by(), base::local_clock(clock_.now()))),
                       base::Access::owner_only);
      return true;
    }
    std::this_thread::sleep_for(base::Milliseconds{100});
  }
  return false;
}

std::string Driving::driver() const {
  std::error_code error;
  if (!std::filesystem::is_regular_file(note_path(), error)) return "another process";
  return base::printable(base::read_file(note_path(), 1'000));
}

void Driving::renew_lease() {
  const base::Instant now = clock_.now();
  if (now < lease_until_ - kTerm + kRenewAfter && now < lease_until_) return;
  if (!lease_->take(now, kTerm)) {
    holds_lease_ = false;
    throw Fault(Exit::unreachable,
                fmt::format("{} is driven by {} now", session_.state().declared.label, driver()),
                "this process was asleep for too long; \"tocsin board --watch\" looks on");
  }
  lease_until_ = now + kTerm;
}

// Devices that were enrolled or revoked since: `staff` writes the list, the incident takes it.
void Driving::take_membership() {
  const base::Instant now = clock_.now();
  if (now < membership_seen_ + kMembershipEvery) return;
  membership_seen_ = now;
  const auto bytes = session_.home().read_public("membership");
  const incident::State& state = session_.state();
  const std::uint64_t seen = state.membership ? state.membership->number() : 0;
  if (!bytes) return;
  const auto opened =
      roster::open_membership(*bytes, session_.home().organisation().verify, seen + 1);
  if (!std::holds_alternative<roster::Membership>(opened)) return;
  session_.ledger().add(now, "", incident::MembershipTaken{*bytes});
  session_.ledger().commit();
}

// Subscriptions that push services said are gone.
void Driving::retire_gone() {
  if (!waking_) return;
  const auto gone = waking_->take_gone();
  if (gone.empty()) return;
  change_subscriptions(session_.home(), session_.keys().store, session_.random(), [&](auto& book) {
    bool any = false;
    for (const channel::WakingChannel::Gone& one : gone)
      if (const auto device = seal::key_id_from_text(one.mailbox))
        any = book.retire(*device, one.subscription) || any;
    return any;
  });
}

// What devices have said since of how they can be woken.
void Driving::take_wakeable() {
  if (!waking_) return;
  const home::Home& home = session_.home();
  const base::Instant now = clock_.now();
  if (now < wakeable_seen_ + kWakeableEvery) return;
  wakeable_seen_ = now;
  if (relay_->trouble().empty()) {
    // What waits here to be enrolled is for "staff enrolled", and stays. One page a turn: whoever
    // has answered waits for this.
    std::vector<roster::PendingInvitation> none;
    const auto& membership = session_.state().membership;
    const Sought page{{}, wakeable_cursor_, 1};
    const Waiting waiting = Enrolments{home, session_.keys(), clock_}.fetch(
        none, membership ? *membership : roster::Membership{}, page);
    take_subscriptions(home, session_.keys(), waiting, session_.random());
    if (waiting.cursor > wakeable_cursor_) wakeable_seen_ = {};
    wakeable_cursor_ = waiting.cursor;
  }
  waking_->know(read_subscriptions(home, session_.keys().store).by_mailbox());
  waking_trouble_.clear();
}

// A push rings a telephone and decides nothing: whatever ails its files, the incident goes on.
void Driving::try_waking(const std::function<void()>& act) {
  try {
    act();
  } catch (const Fault& fault) {
    waking_trouble_ = fmt::format("nobody is woken by push: {}", fault.what());
  }
}

bool Driving::turn() {
  renew_lease();
  take_membership();
  try_waking([this] { take_wakeable(); });
  const bool any = driver_->turn(base::Milliseconds{0});
  try_waking([this] { retire_gone(); });
  return any;
}

void Driving::start_over() {
  session_.refold();
  driver_ =
      std::make_unique<incident::Driver>(session_.ledger(), channels_, envelopes_,
                                         session_.keys().certificate, clock_, session_.random());
}

std::string Driving::trouble() const {
  std::string trouble = relay_ ? relay_->trouble() : std::string{};
  if (trouble.empty() && waking_) trouble = waking_->trouble();
  return trouble.empty() ? waking_trouble_ : trouble;
}

}  // namespace tocsin::cli
