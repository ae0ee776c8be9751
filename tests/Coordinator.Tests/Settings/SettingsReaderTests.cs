using System.Text;
using Coordinator.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Coordinator.Tests.Settings;

public sealed class SettingsReaderTests
{
    [Theory]
    [InlineData("R:Ttl", "soon", "R:Ttl is 'soon'; expected hours:minutes:seconds such as 00:00:15")]
    [InlineData("R:Ttl", "15", "R:Ttl is '15'; expected hours:minutes:seconds")]
    [InlineData("R:Count", "many", "R:Count is 'many'; expected a whole number")]
    [InlineData("R:Count", "99999999999", "R:Count is '99999999999'; expected a whole number up to 2147483647")]
    [InlineData("R:IsOn", "perhaps", "R:IsOn is 'perhaps'; expected true or false")]
    [InlineData("R:Day", "Someday", "R:Day is 'Someday'; allowed are Sunday, Monday")]
    [InlineData("R:Day", "3", "R:Day is '3'; allowed are Sunday, Monday")]
    [InlineData("R:Maybe", "x", "R:Maybe is 'x'; expected a whole number")]
    [InlineData("R:Inner", "x", "R:Inner is 'x'; expected keys below it")]
    [InlineData("R:Inner:Count", "x", "R:Inner:Count is 'x'; expected a whole number")]
    [InlineData("R:Numbers:1", "x", "R:Numbers:1 is 'x'; expected a whole number")]
    [InlineData("R:ByName:a:Count", "x", "R:ByName:a:Count is 'x'; expected a whole number")]
    public void A_value_that_cannot_be_read_is_named_with_its_key_and_what_would_be_right(string key, string value, string expected)
    {
        var reader = Reader((key, value), ("R:Name", "kept"));
        var room = reader.Bind("R", new Room());
        Assert.StartsWith(expected, Assert.Single(reader.Mistakes), StringComparison.Ordinal);
        Assert.Equal(("kept", new Room().Ttl, new Room().Count), (room.Name, room.Ttl, room.Count));
    }

    [Fact]
    public void Values_that_can_be_read_are()
    {
        var reader = Reader(
            ("R:Ttl", "00:00:07"), ("R:COUNT", "3"), ("R:IsOn", "True"), ("R:Day", "monday"), ("R:Maybe", ""),
            ("R:Inner:Count", "4"), ("R:Numbers:0", "5"), ("R:ByName:a:Count", "6"));
        var room = reader.Bind("R", new Room());
        Assert.Empty(reader.Mistakes);
        Assert.Equal((TimeSpan.FromSeconds(7), 3, true, DayOfWeek.Monday, null), (room.Ttl, room.Count, room.IsOn, room.Day, room.Maybe));
        Assert.Equal((4, 5, 6), (room.Inner.Count, room.Numbers[0], room.ByName["a"].Count));
    }

    [Fact]
    public void Null_is_no_value_unless_the_property_may_be_null()
    {
        var reader = Json("""{"R": {"Ttl": null, "Name": null, "Maybe": null, "Inner": null}}""");
        var room = reader.Bind("R", new Room());
        Assert.Equal(["R:Name is null; expected a value, or no such key.", "R:Ttl is null; expected a value, or no such key."], reader.Mistakes);
        Assert.Equal(new Room().Ttl, room.Ttl);
    }

    [Fact]
    public void Unreadable_values_and_broken_rules_of_all_rooms_are_reported_together()
    {
        var reader = Reader(("R:Ttl", "soon"), ("R:Count", "-1"), ("S:Inner:Count", "-2"), ("X:Y", "1"));
        reader.Read("R", new RoomValidator("R"));
        reader.Read("S", new RoomValidator("S"));
        var e = Assert.Throws<OptionsValidationException>(reader.ThrowIfWrong);
        Assert.Equal(
            [
                "R:Ttl is 'soon'; expected hours:minutes:seconds such as 00:00:15, or days such as 30.00:00:00.",
                "R:Count is '-1'; expected 0 to 10: it is a sample.",
                "S:Inner:Count is '-2'; expected 0 or more.",
            ],
            e.Failures);
    }

    [Fact]
    public void A_key_that_needs_another_is_a_mistake_alone()
    {
        var reader = Reader(("C:ConnectionString", "secret"), ("D:ConnectionString", "secret"), ("D:Provider", "Redis"));
        reader.CheckBeside("C:ConnectionString", "C:Provider", "Postgres or Redis");
        reader.CheckBeside("D:ConnectionString", "D:Provider", "Postgres or Redis");
        reader.CheckBeside("E:ConnectionString", "E:Provider", "Postgres or Redis");
        Assert.Equal(["C:ConnectionString is given and C:Provider is not; expected Postgres or Redis with it."], reader.Mistakes);
    }

    private static SettingsReader Reader(params (string Key, string? Value)[] settings) =>
        new(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(static s => KeyValuePair.Create(s.Key, s.Value))).Build());

    private static SettingsReader Json(string json) =>
        new(new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))).Build());

    private sealed class Room
    {
        public string Name { get; set; } = "room";

        public TimeSpan Ttl { get; init; } = TimeSpan.FromSeconds(1);

        public int Count { get; set; } = 2;

        public bool IsOn { get; set; }

        public DayOfWeek Day { get; set; }

        public int? Maybe { get; set; }

        public InnerRoom Inner { get; set; } = new();

        public List<int> Numbers { get; set; } = [];

        public Dictionary<string, InnerRoom> ByName { get; set; } = [];
    }

    private sealed record InnerRoom
    {
        public int Count { get; init; }
    }

    private sealed class RoomValidator(string section) : SettingsValidator<Room>(section)
    {
        protected override void Check(Room options, SettingRules rules)
        {
            rules.Range(options.Count, 0, 10, "it is a sample");
            rules.Require(options.Inner.Count >= 0, options.Inner.Count, "0 or more");
        }
    }
}
