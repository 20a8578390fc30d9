#include "drill/world/messengers.h"

#include <algorithm>

#include "base/fault.h"

namespace tocsin::drill {

namespace {

constexpr std::string_view kNoConnection = "no connection";

template <contact::Class kClass>
class Line final : public channel::Carrier<kClass> {
 public:
  explicit Line(Messenger& messenger) : messenger_(messenger) {}
  std::string_view name() const noexcept override { return messenger_.channel().id.str(); }
  channel::Room room() override { return messenger_.room(); }
  std::vector<channel::Delivery> send(
      std::span<const channel::Outgoing<typename channel::Carried<kClass>::Content>> batch)
      override {
    std::vector<channel::Delivery> out;
    for (const auto& message : batch) out.push_back(messenger_.send(message.id, message.address));
    return out;
  }
  channel::Collected collect(base::Milliseconds) override { return messenger_.collect(); }
  void acknowledge(std::uint64_t cursor) override { messenger_.acknowledge(cursor); }

 private:
  Messenger& messenger_;
};

}  // namespace

Messenger::Messenger(const WorldChannel& channel, const roster::Roster& roster,
                     base::Instant declared, const base::Clock& clock)
    : channel_(channel), roster_(roster), declared_(declared), clock_(clock) {
  for (std::size_t p = 0; p < roster.size(); ++p)
    for (const roster::ContactPoint& point : roster[p].contacts)
      if (point.channel == channel.id) owners_.emplace(point.address, p);
  if (channel.per_minute > 0) {
    // What a second allows may go at once, and at least one message.
    const double per_second = channel.per_minute / 60.0;
    throttle_.emplace(base::Rate{std::max(1.0, per_second), per_second}, 500, clock);
  }
}

channel::Room Messenger::room() {
  return throttle_ && !is_down() ? throttle_->room() : channel::Room{};
}

channel::Delivery Messenger::send(const seal::MessageId& message, std::string_view address) {
  if (is_down()) return {message, contact::Receipt::failed_for_now, std::string{kNoConnection}, {}};
  if (throttle_)
    if (const auto wait = throttle_->take())
      return {message, contact::Receipt::failed_for_now, "too many", *wait};
  ++taken_;
  arrivals_.push_back({owners_.find(address)->second, message});
  return {message, contact::Receipt::sent, {}, {}};
}

void Messenger::receipt(const seal::MessageId& message, contact::Receipt receipt,
                        std::string reason) {
  news_.deliveries.push_back({message, receipt, std::move(reason), {}});
}

void Messenger::say(std::size_t person, const seal::MessageId& id, std::string words) {
  const auto& points = roster_[person].contacts;
  const auto point = std::find_if(points.begin(), points.end(),
                                  [&](const auto& one) { return one.channel == channel_.id; });
  TOCSIN_ASSERT(point != points.end());
  news_.said.push_back({channel::said_id(channel_.id.str(), base::to_hex(id.bytes)), point->address,
                        std::move(words), clock_.now()});
}

// Nothing comes back while it is down, and nothing is lost.
channel::Collected Messenger::collect() const { return is_down() ? channel::Collected{} : news_; }

void Messenger::acknowledge(std::uint64_t) { news_ = {}; }

std::unique_ptr<channel::Channel> line_to(Messenger& messenger) {
  switch (contact::find(messenger.channel().id)->carries) {
    case contact::Class::end_to_end:
      return std::make_unique<Line<contact::Class::end_to_end>>(messenger);
    case contact::Class::provider_readable:
      return std::make_unique<Line<contact::Class::provider_readable>>(messenger);
    case contact::Class::sealed:
    case contact::Class::human:
      break;
  }
  TOCSIN_ASSERT(false);
  return nullptr;
}

bool WorldRelay::is_down() const {
  return channel_ != nullptr && channel_->is_down(clock_.now() - declared_);
}

std::vector<channel::Delivery> WorldRelay::send(std::span<const channel::SealedMessage> batch) {
  if (!is_down()) return relay_.send(batch);
  std::vector<channel::Delivery> out;
  for (const channel::SealedMessage& message : batch)
    out.push_back({message.id, contact::Receipt::failed_for_now, std::string{kNoConnection}, {}});
  return out;
}

channel::Collected WorldRelay::collect(base::Milliseconds patience) {
  return is_down() ? channel::Collected{} : relay_.collect(patience);
}

}  // namespace tocsin::drill
