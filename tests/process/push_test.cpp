// A device says how it can be woken, and is woken: with the coordinator's real program, a real
// relay, and a simple push service. tests/interop has the browser's side.
#include <algorithm>

#include "base/clock.h"
#include "channel/mailbox.h"
#include "channel/subscription.h"
#include "home/device.h"
#include "process/night.h"
#include "seal/entropy.h"
#include "seal/envelope.h"
#include "unit/channel/push_service.h"
#include "unit/home/known_passphrase.h"

namespace tocsin::process {
namespace {

using namespace std::chrono_literals;

class Woken : public RealNight {
 protected:
  void SetUp() override {
    RealNight::SetUp();
    set_channels("  - relay\n",
                 "  - relay\n  - channel: push\n    service: " + service_.origin() + "\n");
    for (const char* person : {"100001", "100002"}) good_at(person, {"respond", "inbox"});
  }

  // Sends what the page sends. With `earlier` the subscription is older than the message.
  void subscribe(const std::string& person, const std::string& endpoint,
                 base::Milliseconds earlier = 0ms) {
    const home::DeviceHome home = home::DeviceHome::open(path(person));
    home::KnownPassphrase nothing{""};
    home::MapOfKeys keyring;
    const seal::Identity device = home.unlock(nothing, keyring);
    const seal::PublicIdentity& to = home.enrolment().enrolment_mailbox;
    const base::SystemClock clock;
    seal::Header header;
    header.kind = seal::Kind::enrolment;
    header.realness = seal::Realness::real;
    header.id = seal::random_message_id(entropy_);
    header.created = clock.now() - earlier;
    header.expires = clock.now() + 1h;
    const channel::Subscription subscription{endpoint,
                                             {seal::P256Key::generate(entropy_).point(), {}}};
    const channel::SealedMessage message{
        header.id, to_text(to.id()),
        seal::seal_envelope(seal::Prepared{to.seal, entropy_}, header,
                            channel::subscription_payload(subscription), device.signing),
        header.expires};
    const auto certificate = seal::decode_certificate(home.read_own("certificate").value());
    channel::Mailbox mailbox{
        {home.enrolment().relay.url, {}}, channel::credentials_of(device, certificate), clock};
    EXPECT_EQ(mailbox.send({&message, 1}).at(0).receipt, contact::Receipt::sent);
  }
  json enrolled() const {
    const std::string shown = good({"staff", "enrolled", "--accept", "--json"});
    const auto begin = shown.find('{');
    return json::parse(shown.substr(begin, shown.rfind('}') + 1 - begin));
  }
  std::vector<bool> can_be_woken() const {
    std::vector<bool> out;
    const json shown = enrolled();
    for (const json& device : shown.at("devices")) out.push_back(device.at("can_be_woken"));
    return out;
  }
  std::vector<std::string> unwakeable() const {  // people whom doctor names
    const std::string shown = tocsin("trust", {"doctor", "--json"}).out;
    const json report = json::parse(shown.substr(shown.find('{'), shown.rfind('}') + 1));
    std::vector<std::string> out;
    for (const json& person : report.at("unwakeable")) out.push_back(person.at("id"));
    return out;
  }
  void step() const { EXPECT_TRUE(tocsin("trust", {"step"}).exit % 5 == 0); }
  std::vector<std::string> asked() const {
    std::vector<std::string> out;
    for (const auto& request : service_.requests())
      out.push_back(request.head.substr(0, request.head.find(" HTTP")));
    return out;
  }

  channel::PushService service_;
  seal::Entropy entropy_;
};

TEST_F(Woken, WhoeverSaidHowAndHasAMessageAndNobodyElse) {
  EXPECT_EQ(can_be_woken(), (std::vector<bool>{false, false}));
  subscribe("100001", service_.origin() + "/p/ana-secret");
  EXPECT_EQ(can_be_woken(), (std::vector<bool>{true, false}));
  EXPECT_EQ(unwakeable(), std::vector<std::string>{"100002"});
  good({"declare", path("small.yaml"), "--exercise", "--reason", "test"});
  EXPECT_TRUE(asked().empty());
  step();
  EXPECT_EQ(asked(), std::vector<std::string>{"POST /p/ana-secret"});
  EXPECT_EQ(service_.requests()[0].header("Urgency"), "high");
  for (const auto& entry : fs::recursive_directory_iterator{folder_}) {
    if (!entry.is_regular_file()) continue;
    EXPECT_EQ(read(entry.path()).find("ana-secret"), std::string::npos) << entry.path();
  }

  // The subscription is gone: it is tried once more and then deleted.
  service_.will_say({"410 Gone"});
  good({"tell", "asked", "north entrance only"});
  step();
  EXPECT_EQ(asked().size(), 2U);
  EXPECT_EQ(service_.requests()[1].header("Urgency"), "normal");
  EXPECT_EQ(can_be_woken(), (std::vector<bool>{false, false}));
  good({"tell", "asked", "south entrance after all"});
  step();
  EXPECT_EQ(asked().size(), 2U);
}

TEST_F(Woken, TheDriverTakesInByItselfWhatWasSaidLast) {
  subscribe("100001", service_.origin() + "/p/new");
  subscribe("100001", service_.origin() + "/p/old", 10min);  // arrives late
  good({"declare", path("small.yaml"), "--exercise", "--reason", "test"});
  step();
  EXPECT_EQ(asked(), std::vector<std::string>{"POST /p/new"});
}

TEST_F(Woken, NobodyAtAnAddressInsideTheBuilding) {
  std::string inside = service_.origin();
  inside.replace(inside.find("127.0.0.1"), 9, "localhost");
  subscribe("100001", inside + "/p/1");
  subscribe("100002", "https://127.0.0.1" + inside.substr(inside.rfind(':')) + "/p/2");
  const json shown = enrolled();
  EXPECT_EQ(shown.at("rejected"), 2);
  good({"declare", path("small.yaml"), "--exercise", "--reason", "test"});
  step();
  EXPECT_TRUE(asked().empty());
}

TEST_F(Woken, TheIncidentGoesOnWhateverAilsThat) {
  subscribe("100001", service_.origin() + "/p/ana");
  EXPECT_EQ(can_be_woken(), (std::vector<bool>{true, false}));
  good({"declare", path("small.yaml"), "--exercise", "--reason", "test"});
  write("trust/subscriptions.sealed", "spoilt");
  EXPECT_EQ(tocsin("trust", {"step"}).exit, 7);
  EXPECT_NE(good_at("100001", {"respond", "inbox"}).find("Red doors"), std::string::npos);
  write("trust/push.key", "spoilt");
  good({"tell", "asked", "north entrance only"});
  EXPECT_EQ(tocsin("trust", {"step"}).exit, 7);
  EXPECT_NE(good_at("100001", {"respond", "inbox"}).find("north entrance"), std::string::npos);
  EXPECT_TRUE(asked().empty());
}

TEST_F(Woken, ARevokedDeviceIsForgotten) {
  subscribe("100001", service_.origin() + "/p/ana");
  EXPECT_EQ(can_be_woken(), (std::vector<bool>{true, false}));
  good({"staff", "revoke", "100001", "--reason", "lost"});
  good({"declare", path("small.yaml"), "--exercise", "--reason", "test"});
  step();
  EXPECT_TRUE(asked().empty());
  EXPECT_EQ(good({"staff", "enrolled"}).find("1 of 1"), std::string::npos);
}

}  // namespace
}  // namespace tocsin::process
