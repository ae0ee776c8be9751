namespace Coordinator.Grains;

/// <summary>
/// How long a call may take on each part of its way. Client and silo share these times, and each one follows from those before it: a grain
/// answers before its caller gives the attempt up, so the caller hears why it waits.
/// </summary>
/// <remarks>
/// <c>LongPoll &lt; Answer &lt; Attempt &lt; Ask &lt; Silence &lt; Response</c>. <c>CallTimesTests</c> holds this order, and the settings that
/// have to fit into it.
/// </remarks>
public static class CallTimes
{
    /// <summary>What the attribute takes as <see cref="Response"/>.</summary>
    public const string ResponseText = "00:00:50";

    /// <summary>How often a table looks which calls have waited for long enough.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    /// <summary>For a call's way to a busy silo and back.</summary>
    public static readonly TimeSpan Travel = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long a call waits in a silo, for its activation's lock and for its turn together. Then it answers "pending", or says who holds the
    /// lock. Short, because a client takes a longer silence for the silo's end.
    /// </summary>
    public static readonly TimeSpan LongPoll = TimeSpan.FromSeconds(5);

    /// <summary>The longest that a call takes in a silo: the poll ends at the tick after it.</summary>
    public static readonly TimeSpan Answer = LongPoll + Tick;

    /// <summary>How long a client waits for the answer to one attempt. It then submits the same again.</summary>
    public static readonly TimeSpan Attempt = Answer + Travel;

    /// <summary>How long an update waits for a table's answer before it asks again: longer than a client, because both ends are busy silos.</summary>
    public static readonly TimeSpan Ask = Attempt + Travel;

    /// <summary>How long an update that waits for a table may be silent before it loses its place: one question may be lost and the next one is
    /// still in time.</summary>
    public static readonly TimeSpan Silence = Ask + LongPoll;

    /// <summary>Orleans' own limit for the answer to a call. Far above the others: it ends what no other time ends, such as a large message on a
    /// slow line.</summary>
    public static readonly TimeSpan Response = TimeSpan.Parse(ResponseText, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>What is left of <see cref="LongPoll"/> for a call that has waited for its lock.</summary>
    /// <param name="waited">How long it waited.</param>
    public static TimeSpan PollAfter(TimeSpan waited) => waited < LongPoll ? LongPoll - waited : TimeSpan.Zero;
}
