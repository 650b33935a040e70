// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/config_file.hpp"

#include "etcdpp/codec/poco_json.hpp"
#include "etcdpp/environment/system.hpp"
#include "etcdpp/retry/never.hpp"
#include "etcdpp/selector/round_robin.hpp"
#include "etcdpp/transport/scripted.hpp"
#include "tests/support/matchers.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>

namespace etcdpp {
namespace {

using testing::HasSubstr;
using tests::HasWords;
using tests::IsError;
using tests::IsOk;

struct ConfigFile : testing::Test {
    static auto config(bool quorum = false)
    {
        return Config{.transport = ScriptedTransport{},
            .selector = RoundRobin{},
            .retry = Never{},
            .codec = PocoJson{},
            .environment = SystemEnvironment{},
            .credentials = Credentials{"alice", Secret{"rabbit"}},
            .quorum = quorum};
    }

    tests::TemporaryFolder folder;
    std::filesystem::path const file = folder.path() / "etcd.json";
};

TEST_F(ConfigFile, reads_back_as_it_was)
{
    ASSERT_TRUE(save_config_file(file, config(true)));

    auto const loaded = load_config_file(file, config(false));

    ASSERT_THAT(loaded, IsOk());
    EXPECT_TRUE(loaded->quorum);
}

TEST_F(ConfigFile, takes_the_place_of_an_older_one_and_leaves_nothing_beside_it)
{
    save_config_file(file, config(false)).value();
    save_config_file(file, config(true)).value();

    EXPECT_TRUE(load_config_file(file, config(false)).value().quorum);
    auto const entries = std::filesystem::directory_iterator{folder.path()};
    EXPECT_EQ(std::distance(begin(entries), end(entries)), 1);
}

TEST_F(ConfigFile, is_for_its_owner_alone_where_it_holds_secrets)
{
    using std::filesystem::perms;
    save_config_file(file, config(), Secrets::included).value();

    EXPECT_EQ(status(file).permissions(), perms::owner_read | perms::owner_write);
    EXPECT_EQ(load_config_file(file, config()).value().credentials->password, Secret{"rabbit"});
}

TEST_F(ConfigFile, is_named_where_it_is_missing)
{
    auto const loaded = load_config_file(file, config());

    EXPECT_THAT(loaded, IsError(make_error_code(std::errc::no_such_file_or_directory)));
    EXPECT_THAT(loaded, HasWords(HasSubstr("etcd.json")));
}

TEST_F(ConfigFile, is_not_touched_where_the_new_one_cannot_be_written)
{
    auto const missing = folder.path() / "missing" / "etcd.json";

    auto const saved = save_config_file(missing, config());

    EXPECT_THAT(saved, IsError(make_error_code(std::errc::io_error)));
    EXPECT_THAT(saved, HasWords(HasSubstr("cannot be written")));
}

TEST_F(ConfigFile, is_left_as_it_was_where_a_folder_has_its_name)
{
    std::filesystem::create_directories(file / "within");

    EXPECT_FALSE(save_config_file(file, config()));
    EXPECT_TRUE(is_directory(file / "within"));
    EXPECT_FALSE(exists(folder.path() / "etcd.json.new"));
}

TEST_F(ConfigFile, says_what_is_wrong_in_it)
{
    std::ofstream{file} << "{\"quorum\":1}";

    EXPECT_THAT(load_config_file(file, config()), IsError(Errc::invalid_argument));
}

}  // namespace
}  // namespace etcdpp
