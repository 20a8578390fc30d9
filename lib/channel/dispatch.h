// Sends a batch to a provider that takes one message in a request, as fast as the throttle lets it.
// What does not go now gets failed_for_now, with a time after which to try again.
#pragma once

#include <algorithm>
#include <functional>
#include <vector>

#include "channel/http.h"
#include "channel/throttle.h"
#include "channel/verdict.h"

namespace tocsin::channel {

// `Client` is an HttpClient, or has what is used of it here.
template <class Content, class Client = HttpClient>
struct Dispatch {
  using Request = typename Client::Request;
  using Answer = typename Client::Answer;

  Client& client;
  Throttle& throttle;
  const base::Clock& clock;
  std::string_view busy;     // why nothing goes while the provider is busy
  std::string_view spent{};  // and when it takes nothing more
  std::function<Request(const Outgoing<Content>&)> request_of;
  std::function<Verdict(const Outgoing<Content>&, const Answer&)> verdict_of;
  Receipt when_spent = Receipt::failed_for_good;

  std::vector<Delivery> send(std::span<const Outgoing<Content>> batch) const;

 private:
  std::optional<Delivery> refusal(const Outgoing<Content>& message) const;
};

template <class Content, class Client>
std::vector<Delivery> Dispatch<Content, Client>::send(
    std::span<const Outgoing<Content>> batch) const {
  std::vector<Delivery> deliveries(batch.size());
  std::vector<std::size_t> going;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (auto refused = refusal(batch[i]))
      deliveries[i] = *std::move(refused);
    else
      going.push_back(i);
  }
  const auto answers = client.perform(going.size(), throttle.at_once(),
                                      [&](std::size_t g) { return request_of(batch[going[g]]); });
  throttle.was_answered();
  std::vector<std::size_t> kept_waiting;
  bool is_taken = false;
  base::Milliseconds asked_for{0};
  for (std::size_t g = 0; g < going.size(); ++g) {
    const std::size_t i = going[g];
    Verdict verdict = verdict_of(batch[i], answers[g]);
    const base::Milliseconds named = std::max(answers[g].retry_after, verdict.retry_after);
    is_taken = is_taken || verdict.receipt == Receipt::sent;
    if (verdict.is_busy) {
      kept_waiting.push_back(i);
      asked_for = std::max(asked_for, named);
    }
    deliveries[i] = {batch[i].id, verdict.receipt, std::move(verdict.reason),
                     std::min(named, kLongestAskedFor)};
  }
  if (!kept_waiting.empty())
    throttle.was_busy(asked_for);
  else if (is_taken)
    throttle.was_taken();
  for (const std::size_t i : kept_waiting) {
    deliveries[i].retry_after = throttle.held();
    deliveries[i].is_held = true;
  }
  return deliveries;
}

// Why it does not go to the provider now.
template <class Content, class Client>
std::optional<Delivery> Dispatch<Content, Client>::refusal(const Outgoing<Content>& message) const {
  if (message.expires <= clock.now())
    return Delivery{message.id, Receipt::failed_for_good, "it had expired"};
  if (throttle.is_spent()) return Delivery{message.id, when_spent, std::string{spent}};
  const bool is_held = throttle.held() > base::Milliseconds{0};
  if (const auto wait = throttle.take())
    return Delivery{message.id, Receipt::failed_for_now,
                    is_held ? std::string{busy} : "too many at once", *wait, true};
  return std::nullopt;
}

}  // namespace tocsin::channel
