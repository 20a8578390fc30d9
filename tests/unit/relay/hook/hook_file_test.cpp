#include "relay/hook/hook_file.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <fstream>

#include "base/fault.h"
#include "seal/entropy.h"
#include "wire/hooked.h"

namespace tocsin::relay {
namespace {

namespace fs = std::filesystem;

class HookFile : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "tocsin-hooks-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    write("token", "a secret\n");
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path write(const char* name, std::string_view content) {
    const fs::path path = folder_ / name;
    std::ofstream{path} << content;
    EXPECT_EQ(::chmod(path.c_str(), 0600), 0);
    return path;
  }
  std::vector<Hook> read(const std::string& hooks) {
    return read_hook_file(write("hooks.yaml", "tocsin: 1\nhooks:\n" + hooks));
  }
  std::string refusal(const std::string& hooks) {
    try {
      read(hooks);
    } catch (const base::Fault& fault) {
      return std::string{fault.what()} + "; " + fault.hint();
    }
    return {};
  }

  seal::Entropy entropy_;
  seal::PublicIdentity key_ = seal::Identity::generate(entropy_).public_identity();
  std::string key_text_ = wire::to_text(key_);
  fs::path folder_;
};

TEST_F(HookFile, NamesEachHook) {
  write("word", "verify me");
  const auto hooks =
      read("- name: sms\n  provider: twilio\n  secret: token\n  key: " + key_text_ +
           "\n  url: https://relay.example/hook/sms\n- name: wa\n  provider: whatsapp\n"
           "  secret: token\n  verify: word\n  key: " +
           key_text_ + "\n");
  ASSERT_EQ(hooks.size(), 2U);
  EXPECT_EQ(hooks[0].name, "sms");
  EXPECT_EQ(hooks[0].provider, Provider::twilio);
  EXPECT_EQ(hooks[0].secret.view(), "a secret");
  EXPECT_EQ(hooks[0].key, key_);
  EXPECT_EQ(hooks[0].url, "https://relay.example/hook/sms");
  EXPECT_FALSE(hooks[0].challenge);
  EXPECT_EQ(hooks[1].provider, Provider::whatsapp);
  EXPECT_EQ(hooks[1].challenge->view(), "verify me");
}

TEST_F(HookFile, SaysEverythingThatIsWrong) {
  const std::string said = refusal(
      "- name: Sms\n  provider: twilo\n  secret: token\n  key: abc\n  url: http://x\n  more: 1\n");
  for (const char* part :
       {"a hook's name", "twilo", "no hook's key", "begins with https://", "more"})
    EXPECT_NE(said.find(part), std::string::npos) << part << " in " << said;
  EXPECT_NE(refusal("- name: a\n  provider: notify\n  secret: token\n  key: " + key_text_ +
                    "\n- name: a\n  provider: notify\n  secret: token\n  key: " + key_text_ + "\n")
                .find("another hook has this name"),
            std::string::npos);
  EXPECT_NE(refusal("- name: a\n  provider: twilio\n  secret: token\n  key: " + key_text_ + "\n")
                .find("url"),
            std::string::npos);
  EXPECT_NE(refusal("- name: a\n  provider: vonage\n  secret: token\n  key: " + key_text_ + "\n")
                .find("url"),
            std::string::npos);
  EXPECT_NE(refusal("- name: a\n  provider: whatsapp\n  secret: token\n  key: " + key_text_ + "\n")
                .find("verify"),
            std::string::npos);
}

TEST_F(HookFile, ASecretIsInAFileOfItsOwnThatNobodyElseReads) {
  const std::string hooks =
      "- name: a\n  provider: notify\n  secret: token\n  key: " + key_text_ + "\n";
  EXPECT_EQ(refusal(hooks), "");
  EXPECT_EQ(::chmod((folder_ / "token").c_str(), 0644), 0);
  EXPECT_NE(refusal(hooks).find("others can read it"), std::string::npos);
}

}  // namespace
}  // namespace tocsin::relay
