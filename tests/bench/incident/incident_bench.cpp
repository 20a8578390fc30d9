// The busiest operations of a night: a broadcast that is sealed, journalled and accepted by a relay
// over loopback, with and without prepared HPKE contexts; one reply that is opened, verified,
// journalled, allocated and acted on; reading a long journal. Each is compared with the unavoidable
// operations, measured in the same run.
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <future>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/fault.h"
#include "base/file.h"
#include "bench/plain_file.h"
#include "channel/relay.h"
#include "drill/people/synthetic.h"
#include "incident/loop/drive.h"
#include "incident/loop/send.h"
#include "incident/message/payload.h"
#include "incident/view/board.h"
#include "journal/sqlite.h"
#include "playbook/judging/judge.h"
#include "relay/server.h"
#include "seal/entropy.h"

namespace {

using namespace tocsin;
using base::Minutes;
using base::Stopwatch;

struct Night {
  Night(const playbook::Playbook& book, std::size_t staff, const std::filesystem::path& folder)
      : clock(base::SystemClock{}.now()),
        people(drill::synthesise(book, staff, clock.now(), base::SeededRandom{1})),
        organisation(seal::Identity::generate(entropy)),
        incident_keys(seal::Identity::generate(entropy)),
        incident(seal::random_message_id(entropy)),
        certificate(certify(seal::Role::tactical, organisation.public_identity())) {
    for (std::size_t p = 0; p < staff; ++p) {
      devices.push_back(seal::Identity::generate(entropy));
      membership.add({people.roster[p].id, devices[p].public_identity(), "", clock.now(), "", {}});
    }
    relay::ServerSettings settings;
    settings.store = folder / "relay.db";
    settings.organisations.push_back(
        {organisation.signing.verify_key(), organisation.public_identity().id()});
    server = std::make_unique<relay::Server>(std::move(settings), clock);
    server->start();
    seal::StoreKey key = seal::generate_store_key(entropy);
    const seal::SealingKey holder = organisation.opening.sealing_key();
    const base::Bytes wrapped =
        seal::wrap(key.view(), {&holder, 1}, journal::key_purpose(incident), entropy);
    journal =
        journal::SqliteJournal::create(folder / "bench.journal", incident, std::move(key), wrapped,
                                       journal::Author{organisation.signing, certificate}, entropy);
    incident::Declared declared;
    declared.incident = incident;
    declared.label = "BENCH";
    declared.playbook = book.source_text;
    declared.playbook_file = "bench.yaml";
    declared.identity = incident_keys.public_identity();
    declared.organisation_keys = organisation.public_identity();
    ledger.emplace(*journal);
    ledger->add(clock.now(), "bench", std::move(declared));
    ledger->add(clock.now(), "bench",
                incident::RosterTaken{roster::encode(people.roster), roster::encode(people.rota)});
    ledger->add(clock.now(), "bench",
                incident::MembershipTaken{
                    roster::sign_membership(membership, organisation.signing, clock.now())});
    ledger->commit();
  }

  seal::Certificate certify(seal::Role role, const seal::PublicIdentity& subject) {
    return seal::issue_certificate(organisation.signing, role, subject, "Bench", 1,
                                   clock.now() - Minutes{60}, clock.now() + Minutes{24 * 60});
  }

  seal::Entropy entropy;
  base::VirtualClock clock;
  drill::Staff people;
  seal::Identity organisation;  // also the coordinator
  seal::Identity incident_keys;
  seal::MessageId incident;
  seal::Certificate certificate;
  std::vector<seal::Identity> devices;
  roster::Membership membership;
  std::unique_ptr<relay::Server> server;
  std::unique_ptr<journal::SqliteJournal> journal;
  std::optional<incident::Ledger> ledger;
};

// Seconds by the clock, and processor seconds of all threads of this process. The second number is
// more reliable on a busy machine.
class Spent {
 public:
  double seconds() const { return stopwatch_.seconds(); }
  double processor() const { return now() - start_; }

 private:
  static double now() {
    timespec time{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
  }
  Stopwatch stopwatch_;
  double start_ = now();
};

struct Cost {
  explicit Cost(const Spent& spent) : seconds(spent.seconds()), processor(spent.processor()) {}
  double seconds;
  double processor;
};

long peak_mb() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

// The least that a broadcast can cost: two X25519 operations and a signature for each message, on
// two threads.
Cost unavoidable(const Night& night, std::size_t count) {
  const auto part = [&](std::size_t from, std::size_t to) {
    seal::Entropy entropy;
    const base::Bytes message(600, 7);
    for (std::size_t i = from; i < to; ++i) {
      const seal::Prepared prepared{night.devices[i % night.devices.size()].opening.sealing_key(),
                                    entropy};
      (void)night.organisation.signing.sign(seal::Domain::envelope, message);
    }
  };
  const Spent spent;
  auto other = std::async(std::launch::async, part, 0, count / 2);
  part(count / 2, count);
  other.get();
  return Cost{spent};
}

enum class Ahead : std::uint8_t { nothing, prepared };

void broadcast(Night& night, std::size_t count, Ahead ahead) {
  const Cost bound = unavoidable(night, count);
  const channel::RelayAddress address{night.server->url(), {}};
  channel::RelayChannel relay{address,           night.organisation,
                              night.certificate, night.incident_keys,
                              night.clock,       channel::Listen::when_asked};
  const incident::SealedEnvelopes envelopes{night.organisation.signing,
                                            night.incident_keys.opening};
  const auto& state = night.ledger->state();
  if (ahead == Ahead::prepared)
    for (const seal::Identity& device : night.devices)
      envelopes.prepare(device.opening.sealing_key());
  const Spent spent;
  for (std::size_t i = 0; i < count; ++i)
    night.ledger->add(night.clock.now(), "bench",
                      incident::Issued{seal::random_message_id(night.entropy),
                                       state.roster[i % state.roster.size()].id,
                                       playbook::MessageKind::update,
                                       incident::ChannelId{"relay"},
                                       {},
                                       0,
                                       night.clock.now() + Minutes{60},
                                       "north entrance",
                                       ""});
  night.ledger->commit();
  std::vector<incident::MessageIndex> due;
  for (const auto& [when, index] : state.outbox) due.push_back(index);
  const auto receipts = incident::send(state, due, relay, envelopes, night.certificate);
  std::size_t accepted = 0;
  for (const incident::Receipted& receipt : receipts) {
    accepted += receipt.receipt == contact::Receipt::sent ? 1 : 0;
    night.ledger->add(night.clock.now(), "", receipt);
  }
  night.ledger->commit();
  const Cost took{spent};
  std::printf(
      "broadcast %zu%s: %.3f s, processor %.3f s, %zu accepted; against X25519 and Ed25519 alone "
      "%.2f (%.3f s), processor %.2f (%.3f s); peak %ld MB\n",
      count, ahead == Ahead::prepared ? ", prepared" : "", took.seconds, took.processor, accepted,
      took.seconds / bound.seconds, bound.seconds, took.processor / bound.processor,
      bound.processor, peak_mb());
}

double at(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  return 1e6 * values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

// Replies arrive one at a time through a channel that holds only that one.
class One final : public channel::Carrier<contact::Class::sealed> {
 public:
  std::string_view name() const noexcept override { return "relay"; }
  std::vector<channel::Delivery> send(std::span<const channel::SealedMessage> batch) override {
    std::vector<channel::Delivery> out;
    for (const auto& message : batch)
      out.push_back({message.id, contact::Receipt::sent, "", base::Milliseconds{0}});
    return out;
  }
  channel::Collected collect(base::Milliseconds) override {
    channel::Collected out;
    if (!next.empty()) out.messages.push_back({std::move(next)});
    next.clear();
    return out;
  }
  void acknowledge(std::uint64_t) override { durable = spent.seconds(); }
  base::Bytes next;
  Spent spent;         // since the reply was available
  double durable = 0;  // seconds until it and all decisions from it were journalled
};

void one_reply(Night& night, std::size_t count, const std::filesystem::path& folder) {
  const incident::SealedEnvelopes envelopes{night.organisation.signing,
                                            night.incident_keys.opening};
  One channel;
  incident::Driver driver{*night.ledger,     {&channel},  envelopes,
                          night.certificate, night.clock, night.entropy};
  while (driver.turn(base::Milliseconds{0})) {
  }
  // One durable write as long as a reply in the journal.
  const bench::PlainFile plain{folder / "plain"};
  const base::Bytes written(300);
  std::vector<double> durable;
  std::vector<double> acted;
  std::vector<double> processor;
  std::vector<double> opening;
  std::vector<double> bound;
  for (std::size_t i = 0; i < count; ++i) {
    const seal::Header header{
        seal::Kind::reply, seal::Realness::exercise, seal::random_message_id(night.entropy),
        night.incident,    night.clock.now(),        night.clock.now() + Minutes{60}};
    const base::Bytes envelope = seal::seal_envelope(
        seal::Prepared{night.incident_keys.opening.sealing_key(), night.entropy}, header,
        incident::encode(
            incident::Reply{incident::Answer::coming, night.clock.now() + Minutes{20}}),
        night.devices[i].signing);
    const Stopwatch raw;
    (void)envelopes.open(envelope);
    opening.push_back(raw.seconds());
    plain.append(written);
    bound.push_back(raw.seconds());
    channel.next = envelope;
    channel.spent = Spent{};
    driver.turn(base::Milliseconds{0});
    processor.push_back(channel.spent.processor());
    acted.push_back(channel.spent.seconds());
    durable.push_back(channel.durable);
  }
  std::printf(
      "one reply: journalled and re-allocated in median %.0f us, p99 %.0f us; against opening, "
      "verifying (%.0f us) and one fdatasync %.2f (%.0f us); what follows sealed and sent in "
      "median %.0f us, p99 %.0f us, processor median %.0f us, p99 %.0f us\n",
      at(durable, 0.5), at(durable, 0.99), at(opening, 0.5), at(durable, 0.5) / at(bound, 0.5),
      at(bound, 0.5), at(acted, 0.5), at(acted, 0.99), at(processor, 0.5), at(processor, 0.99));
}

// The work of every read-only command before it prints. The best of a few runs, because other work
// on the machine only makes a run longer.
void look(Night& night) {
  constexpr int kRounds = 7;
  double clock = 10;
  double fold = 10;
  double board = 10;
  double events = 0;
  for (int i = 0; i < kRounds; ++i) {
    const Spent folding;
    const incident::Ledger again{*night.journal};
    clock = std::min(clock, folding.seconds());
    fold = std::min(fold, folding.processor());
    const Spent looking;
    (void)incident::board(again.state(), night.clock.now());
    board = std::min(board, looking.processor());
    events = static_cast<double>(again.state().events);
  }
  std::printf(
      "fold of %.0f events with roster and playbook: %.1f ms, processor in all threads %.1f ms; "
      "for 50,000 %.1f ms, processor %.1f ms; the board %.1f ms\n",
      events, 1e3 * clock, 1e3 * fold, 1e3 * clock * 50'000 / events, 1e3 * fold * 50'000 / events,
      1e3 * board);
}

}  // namespace

int main(int argc, char** argv) {
  const std::string file = argc > 1 ? argv[1] : "playbooks/mass-casualty.yaml";
  const std::size_t staff = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 10'000;
  document::Findings findings;
  const auto book = playbook::read_sound_playbook(base::read_file(file, 1 << 20), file, findings);
  if (!book) return 1;
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("tocsin-bench-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  {
    Night night{*book, staff, folder};
    broadcast(night, staff, Ahead::nothing);
    broadcast(night, staff, Ahead::prepared);
    broadcast(night, 2 * staff, Ahead::nothing);
    one_reply(night, std::min<std::size_t>(staff, 500), folder);
    look(night);
  }
  std::filesystem::remove_all(folder);
}
