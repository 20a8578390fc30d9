#include "channel/exec.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <iterator>
#include <system_error>
#include <utility>

#include "base/fault.h"
#include "base/text.h"

namespace tocsin::channel {

namespace {

using std::chrono::seconds;

constexpr std::size_t kWindow = 64;
constexpr std::size_t kMostReadAtOnce = 256 * 1024;
// What it may still say that it is told "kept"; it says again what it was not told.
constexpr std::size_t kMostUnwritten = 1024 * 1024;
constexpr int kMostReceipts = 16;  // for one message
// Ids that it was never given may be of an earlier process. They are few, or invented.
constexpr std::size_t kMostIds = 200'000;
constexpr base::Milliseconds kFirstWord = seconds{60};
constexpr base::Milliseconds kLongestRest = seconds{60};
constexpr base::Milliseconds kRanWell = seconds{60};
constexpr int kGivenUpAfter = 3;
constexpr base::Milliseconds kLookAgain = seconds{1};
constexpr base::Milliseconds kMoment = seconds{1};
// Between what it says to one message.
constexpr base::Milliseconds kLull{200};
constexpr const char* kNotRunning = "the program does not run";

// Whoever can change the file can send anything to anybody, in the name of whoever runs this.
void check_program(const std::filesystem::path& path) {
  using base::Exit;
  using base::Fault;
  const auto refuse = [&](std::string_view why, std::string_view hint) {
    throw Fault(Exit::fault, fmt::format("cannot use the program {}: {}", path.string(), why),
                std::string{hint});
  };
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0)
    refuse(std::generic_category().message(errno),
           "name its file in tocsin.yaml, without arguments");
  if (!S_ISREG(info.st_mode)) refuse("it is no file", "name its file in tocsin.yaml");
  if (info.st_uid != 0 && info.st_uid != ::geteuid())
    refuse("it belongs to another user", "make it a file of root, or of the user who runs tocsin");
  if ((info.st_mode & (S_IWGRP | S_IWOTH)) != 0)
    refuse("others can change it", "chmod go-w " + path.string());
  if (::access(path.c_str(), X_OK) != 0)
    refuse("it cannot be executed", "chmod u+x " + path.string());
}

}  // namespace

std::unique_ptr<ExecChannel> ExecChannel::make(const contact::Settings& settings,
                                               const Parts& parts) {
  const std::filesystem::path home = std::filesystem::absolute(parts.home);
  ProgramCommand command{home / settings.at("program"), {}, home};
  if (const auto found = settings.find("arguments"); found != settings.end()) {
    for (const std::string_view argument : base::split(found->second, '\n'))
      command.arguments.emplace_back(argument);
    command.arguments.pop_back();  // what follows the last line feed
  }
  check_program(command.program);
  return std::make_unique<ExecChannel>(std::move(command), parts.relay.url, parts.clock,
                                       parts.listen);
}

ExecChannel::ExecChannel(ProgramCommand command, std::string link, const base::Clock& clock,
                         Listen listen)
    : link_(std::move(link)),
      clock_(clock),
      listen_(listen),
      start_again_(clock.steady()),
      program_(std::move(command)) {}

// Starts it when it is due.
bool ExecChannel::is_running() {
  if (program_.is_started()) return true;
  const base::Milliseconds now = clock_.steady();
  if (now < start_again_ || !program_.start()) return false;
  started_ = heard_ = now;
  is_fresh_ = true;
  return true;
}

// Then its messages are refused, so that people are tried elsewhere.
bool ExecChannel::is_given_up() const noexcept { return ends_ >= kGivenUpAfter; }

std::string ExecChannel::trouble() const {
  if (program_.is_started() || ends_ == 0) return {};
  return fmt::format("the program of exec has ended {} times in a row", ends_);
}

Room ExecChannel::room() {
  if (!is_running()) {
    if (is_given_up()) return {};
    return {0, clock_.now() + std::max(kLookAgain, start_again_ - clock_.steady())};
  }
  if (!out_.empty() || waiting_.size() >= kWindow) return {0, clock_.now() + kLookAgain};
  return {kWindow - waiting_.size(), clock_.now() + kLookAgain};
}

std::vector<Delivery> ExecChannel::send(std::span<const Outgoing<Content>> batch) {
  std::vector<Delivery> deliveries;
  deliveries.reserve(batch.size());
  for (const Outgoing<Content>& message : batch) deliveries.push_back(give(message));
  flush();
  return deliveries;
}

Delivery ExecChannel::give(const Outgoing<Content>& message) {
  if (message.expires <= clock_.now())
    return {message.id, Receipt::failed_for_good, "it had expired", {}};
  const std::string line = exec_line(message, message.content.text(link_));
  if (line.size() > kMostExecLine)
    return {message.id, Receipt::failed_for_good, "it is too long for the program", {}};
  if (!is_running())
    return {message.id, Receipt::failed_for_now, kNotRunning,
            std::max(kLookAgain, start_again_ - clock_.steady())};
  if (waiting_.size() >= kWindow)
    return {message.id, Receipt::failed_for_now, "too many at once", kLookAgain};
  // To a second address of the same person: what the program says of one counts for both.
  waiting_.try_emplace(message.id, Waiting{written_ + out_.size(), clock_.steady()});
  receipts_.try_emplace(message.id, 0);
  out_ += line;
  return {message.id, Receipt::queued, {}, {}};
}

void ExecChannel::flush() {
  const std::size_t taken = program_.write(out_);
  out_.erase(0, taken);
  written_ += taken;
}

Collected ExecChannel::collect(base::Milliseconds patience) {
  Lot lot;
  if (is_running()) {
    flush();
    const bool is_fresh = std::exchange(is_fresh_, false);
    read(lot);
    if (listen_ == Listen::when_asked && (is_fresh || !waiting_.empty())) {
      listen_for_a_moment(lot);
    } else if (!lot.collected.has_any() && pending_.empty() && patience.count() > 0) {
      program_.wait(patience);
      read(lot);
    }
    look_for_silence(lot);
    look_for_end(lot);
  }
  if (lot.collected.has_any()) {
    lot.collected.cursor = ++cursor_;
    pending_.push_back(std::move(lot));
  }
  Collected all;
  all.cursor = cursor_;
  for (const Lot& one : pending_) {
    std::ranges::copy(one.collected.deliveries, std::back_inserter(all.deliveries));
    std::ranges::copy(one.collected.said, std::back_inserter(all.said));
  }
  return all;
}

// A single command ends soon, and what is said after that nobody hears.
void ExecChannel::listen_for_a_moment(Lot& lot) {
  const base::Stopwatch watch;
  base::Milliseconds patience = kMoment;
  do {
    program_.wait(patience);
    patience = kLull;
  } while (read(lot) && watch.seconds() * 1'000 < static_cast<double>(kMoment.count()));
}

void ExecChannel::acknowledge(std::uint64_t cursor) {
  for (; !pending_.empty() && pending_.front().collected.cursor <= cursor; pending_.pop_front())
    for (const std::string& theirs : pending_.front().theirs)
      if (program_.is_started() && out_.size() < kMostUnwritten) out_ += exec_kept_line(theirs);
  flush();
}

// False when it has written nothing.
bool ExecChannel::read(Lot& lot) {
  const std::string got = program_.read(kMostReadAtOnce);
  if (got.empty()) return false;
  heard_ = clock_.steady();
  std::string_view left = got;
  while (!left.empty()) {
    const std::size_t end = left.find('\n');
    if (!is_skipping_) in_ += left.substr(0, end);
    if (in_.size() > kMostExecAnswer) is_skipping_ = true;
    if (is_skipping_) in_.clear();
    if (end == std::string_view::npos) return true;
    if (!std::exchange(is_skipping_, false)) take(in_, lot);
    in_.clear();
    left.remove_prefix(end + 1);
  }
  return true;
}

void ExecChannel::take(std::string_view line, Lot& lot) {
  ExecAnswer answer = parse_exec_line(line);
  if (auto* delivery = std::get_if<Delivery>(&answer)) {
    if (!is_believed(delivery->id)) return;
    waiting_.erase(delivery->id);
    lot.collected.deliveries.push_back(std::move(*delivery));
  } else if (auto* said = std::get_if<ExecSaid>(&answer)) {
    lot.theirs.push_back(std::move(said->theirs));
    lot.collected.said.push_back(std::move(said->said));
  }
}

// A program that takes back what it said, again and again, must not fill the journal.
bool ExecChannel::is_believed(const seal::MessageId& id) {
  const auto found = receipts_.find(id);
  if (found == receipts_.end()) {
    if (receipts_.size() >= kMostIds) return false;
    receipts_.emplace(id, 1);
    return true;
  }
  return found->second++ < kMostReceipts;
}

void ExecChannel::look_for_end(Lot& lot) {
  if (!program_.is_started() || !program_.has_ended()) return;
  read(lot);  // its last words
  was_lost(lot, "the program ended before it said anything about it");
}

void ExecChannel::look_for_silence(Lot& lot) {
  const base::Milliseconds now = clock_.steady();
  bool is_silent = false;
  for (auto at = waiting_.begin(); at != waiting_.end();) {
    const auto& [id, waiting] = *at;
    if (now < waiting.since + kFirstWord) {
      ++at;
      continue;
    }
    is_silent = is_silent || heard_ <= waiting.since;
    lot.collected.deliveries.push_back(lost(id, waiting, "the program said nothing about it"));
    at = waiting_.erase(at);
  }
  if (is_silent) was_lost(lot, "the program said nothing any more");
}

// What it has not begun to read is certainly not sent.
Delivery ExecChannel::lost(const seal::MessageId& id, const Waiting& waiting,
                           const char* why) const {
  if (waiting.begin >= written_) return {id, Receipt::failed_for_now, kNotRunning, {}};
  return {id, Receipt::unknown, why, {}};
}

void ExecChannel::was_lost(Lot& lot, const char* why) {
  for (const auto& [id, waiting] : waiting_)
    lot.collected.deliveries.push_back(lost(id, waiting, why));
  program_.end();
  waiting_.clear();
  out_.clear();
  in_.clear();
  is_skipping_ = false;
  const base::Milliseconds now = clock_.steady();
  if (now - started_ >= kRanWell) ends_ = 0;
  const base::Milliseconds pause =
      std::min(kLongestRest, base::Milliseconds{seconds{1}} * (1 << std::min(ends_, 6)));
  ++ends_;
  start_again_ = now + pause;
}

}  // namespace tocsin::channel
