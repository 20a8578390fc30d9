#include "input/options.h"

#include <CLI/CLI.hpp>

namespace tocsin::cli {

Option* Option::type_name(const std::string& name) {
  option_->type_name(name);
  return this;
}

Option* Option::required() {
  option_->required();
  return this;
}

Option* Option::capture_default_str() {
  option_->capture_default_str();
  return this;
}

Option* Option::allow_extra_args(bool allow) {
  option_->allow_extra_args(allow);
  return this;
}

Option* Option::one_of(const std::vector<std::string>& choices) {
  option_->check(CLI::IsMember(choices));
  return this;
}

Option* Option::between(std::int64_t least, std::int64_t most) {
  option_->check(CLI::Range(least, most));
  return this;
}

Option* Option::excludes(const Option* other) {
  option_->excludes(other->option_);
  return this;
}

Option* Options::keep(CLI::Option* option) { return &options_.emplace_back(option); }

Option* Options::add_option(const std::string& name, std::string& value,
                            const std::string& description) {
  return keep(app_->add_option(name, value, description));
}

Option* Options::add_option(const std::string& name, std::vector<std::string>& values,
                            const std::string& description) {
  return keep(app_->add_option(name, values, description));
}

Option* Options::add_option(const std::string& name, int& value, const std::string& description) {
  return keep(app_->add_option(name, value, description));
}

Option* Options::add_option(const std::string& name, std::uint64_t& value,
                            const std::string& description) {
  return keep(app_->add_option(name, value, description));
}

Option* Options::add_flag(const std::string& name, bool& value, const std::string& description) {
  return keep(app_->add_flag(name, value, description));
}

}  // namespace tocsin::cli
