using Coordinator.Core.Reservations;
using Coordinator.Grains;

namespace Coordinator.Tests.Reservations;

public sealed class RememberedReservationTests
{
    [Fact]
    public void Holds_are_read_as_they_were_written_with_any_names_of_sources()
    {
        RememberedReservation[] reservations =
        [
            new(
                Some.Id(7), ReservationMode.Shared, new Holder(new("t/0"), new("S127.0.0.1:11111:1"), "a;b,c%\n\u00e9"), new("g"),
                TimeSpan.FromSeconds(45)),
            new(Some.Id(8), ReservationMode.Exclusive, new Holder(new("t/1"), default, ""), default, TimeSpan.FromSeconds(1)),
        ];
        var text = RememberedReservation.Format(reservations);
        Assert.DoesNotContain(text, static c => c is < ' ' or > '~');
        Assert.Equal(reservations, RememberedReservation.TryParse(text));
        Assert.Equal([], RememberedReservation.TryParse(RememberedReservation.Format([])));
    }

    [Theory]
    [InlineData("")]
    [InlineData("2;x")]
    [InlineData("1;x")]
    [InlineData("1;11111111-1111-4111-8111-111111111111.7,1,t,s,x,g,soon")]
    public void Other_texts_are_no_holds(string text) => Assert.Null(RememberedReservation.TryParse(text));
}
