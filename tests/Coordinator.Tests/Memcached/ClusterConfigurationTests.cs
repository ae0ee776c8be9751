using Coordinator.Memcached.Servers;

namespace Coordinator.Tests.Memcached;

public sealed class ClusterConfigurationTests
{
    [Fact]
    public void Servers_are_known_by_name_and_by_address_where_they_have_none()
    {
        var found = ClusterConfiguration.Parse("12\nnode1.x.amazonaws.com|10.0.0.1|11211 |10.0.0.2|11212 |fd00::3|11213\n");
        Assert.Equal(12, found?.Version);
        Assert.Equal([new("node1.x.amazonaws.com", 11211), new("10.0.0.2", 11212), new("fd00::3", 11213)], found?.Servers);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12")]
    [InlineData("12\n")]
    [InlineData("x\na|b|1\n")]
    [InlineData("-1\na|b|1\n")]
    [InlineData("1\na|b\n")]
    [InlineData("1\na|b|0\n")]
    [InlineData("1\na|b|c\n")]
    [InlineData("1\n||1\n")]
    [InlineData("1\na||1 a||1\n")]
    public void Anything_else_is_no_configuration(string text) => Assert.Null(ClusterConfiguration.Parse(text));
}
