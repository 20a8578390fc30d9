// What operators see: figures and log lines that describe the relay, and never who uses it.
#include <mutex>
#include <sstream>

#include "unit/relay/serving.h"

namespace tocsin::relay {
namespace {

using channel::SealedMessage;

constexpr const char* kHealth = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";

class Overseen : public Serving {
 protected:
  void SetUp() override {
    start({.overseers = ServerSettings::Address{"127.0.0.1", 0}, .log = [this](auto line) {
             const std::lock_guard lock{mutex_};
             logged_ += std::string{line} + "\n";
           }});
  }
  std::string ask(const std::string& target) const {
    PlainSocket socket{server_->overseers_port()};
    socket.say("GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    return socket.hear();
  }
  double figure(const std::string& name) const {
    std::istringstream lines{ask("/metrics")};
    for (std::string line; std::getline(lines, line);)
      if (line.starts_with(name + " ")) return std::stod(line.substr(name.size()));
    ADD_FAILURE() << name << " is missing";
    return -1;
  }

  std::mutex mutex_;
  std::string logged_;
};

TEST_F(Overseen, CountsWhatHappens) {
  std::vector<SealedMessage> batch{to(people_.device, 1), to(people_.device, 2),
                                   to(people_.device, 2)};
  coordinator().send(batch);
  const auto page = device().poll(0, std::chrono::seconds{0});
  device().acknowledge(page.items.front().cursor);
  status_of("GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(figure("tocsin_relay_messages_total{outcome=\"stored\"}"), 2);
  EXPECT_EQ(figure("tocsin_relay_messages_total{outcome=\"already\"}"), 1);
  EXPECT_EQ(figure("tocsin_relay_items_read_total"), 2);
  EXPECT_EQ(figure("tocsin_relay_items"), 1);
  EXPECT_EQ(figure("tocsin_relay_acknowledgements_total"), 1);
  EXPECT_EQ(figure("tocsin_relay_answers_total{status=\"2xx\"}"), 3);
  EXPECT_EQ(figure("tocsin_relay_answers_total{status=\"4xx\"}"), 1);
  EXPECT_EQ(figure("tocsin_relay_store_works"), 1);
  EXPECT_NE(ask("/healthz").find("200 OK"), std::string::npos);
  EXPECT_NE(ask("/v1/messages").find("404"), std::string::npos);
}

// If anybody could read the figures, they would reveal that something has happened.
TEST_F(Overseen, FiguresAreNotForEverybody) {
  EXPECT_EQ(status_of("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n"), "HTTP/1.1 404");
}

// Each sample has a name, an optional label and a number, after its HELP and TYPE.
TEST_F(Overseen, FiguresAreInTheTextFormatOfPrometheus) {
  const std::string heard = ask("/metrics");
  EXPECT_NE(heard.find("Content-Type: text/plain"), std::string::npos);
  std::istringstream lines{heard.substr(heard.find("\r\n\r\n") + 4)};
  std::string described;
  int samples = 0;
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words{line};
    std::string first, second, name;
    words >> first >> second >> name;
    if (first == "#" && second == "HELP") described = name;
    if (first == "#") {
      EXPECT_EQ(name, described) << line;
      continue;
    }
    EXPECT_TRUE(first.starts_with(described)) << line;
    std::size_t end = 0;
    EXPECT_GE(std::stod(second, &end), 0) << line;
    EXPECT_EQ(end, second.size()) << line;
    ++samples;
  }
  EXPECT_GE(samples, 20);
}

// The log says why the relay accepts no messages, and when it accepts them again. It says the
// latter even when nobody writes, because a load balancer sends no clients to a relay that is not
// well.
TEST_F(Overseen, TheLogSaysWhyNothingIsTakenInAndWhenSomethingIsAgain) {
  start({.most_store_bytes = 100'000, .log = [this](auto line) {
           const std::lock_guard lock{mutex_};
           logged_ += std::string{line} + "\n";
         }});
  std::vector<SealedMessage> batch;
  for (std::uint8_t number = 1; number <= 10; ++number)
    batch.push_back(to(people_.device, number, 20'000));
  coordinator().send(batch);
  const base::Stopwatch watch;
  const auto logged = [&] {
    const std::lock_guard lock{mutex_};
    return logged_;
  };
  const std::string full =
      "nothing is taken in: the relay's store in memory: database or disk is full\n";
  const std::string again = full + "the store can be written again\n";
  while (logged() != again && watch.seconds() < 10) std::this_thread::yield();
  EXPECT_EQ(logged(), again);
  EXPECT_EQ(status_of(kHealth), "HTTP/1.1 200");

  // A store that stays full: the room left is too small for the largest message.
  for (std::uint8_t number = 11; number <= 20; ++number) {
    const SealedMessage message = to(people_.device, number, 20'000);
    coordinator().send({&message, 1});
  }
  EXPECT_EQ(status_of(kHealth), "HTTP/1.1 503");
  while (logged() != again + full && watch.seconds() < 20) std::this_thread::yield();
  EXPECT_EQ(logged(), again + full);
}

TEST_F(Overseen, NothingSaysWhoOrWhat) {
  const std::string body(200, 'q');
  SealedMessage message = to(people_.device, 1);
  message.content.envelope.assign(body.begin(), body.end());
  coordinator().send({&message, 1});
  device().poll(0, std::chrono::seconds{0});
  status_of(head("GET", "/v1/mailbox/" + to_text(people_.coordinator.public_identity().id()), {}));
  status_of("GET /Ana-Bell HTTP/1.1\r\nHost: Ana-Bell\r\n\r\n");
  const std::string seen = ask("/metrics");
  server_->stop();
  const std::lock_guard lock{mutex_};
  for (const std::string& text : {seen, logged_}) {
    for (const seal::Identity* who : {&people_.device, &people_.coordinator, &people_.incident})
      EXPECT_EQ(text.find(to_text(who->public_identity().id())), std::string::npos);
    for (const char* word : {"qqq", "Ana", "127.0.0.1"})
      EXPECT_EQ(text.find(word), std::string::npos) << word;
  }
}

}  // namespace
}  // namespace tocsin::relay
