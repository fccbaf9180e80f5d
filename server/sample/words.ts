// What the sample team is made of. All of it invented: the domains end in .example, which no mail reaches.

export const FIRST_NAMES =
  "Ines Ole Maren Tomas Aino Lars Freya Jonas Sofia Emil Astrid Mikko Elsa Nils Clara Anton Ida Viktor Maja Henrik Linnea Oskar Signe Pieter Anouk Lotte Daan Fleur Bram Eva Marta Pablo Lucia Diego Carmen Hugo Chloe Luca Giulia Matteo Elena Marco Anna Jakub Zofia Piotr Hanna Lukas Lena Felix Mia Paul Nora Amara Kwame Priya Arjun Mei Kenji Yuki Grace Samuel Ruth Daniel Leila Omar Fatima Karim Olivia James Amelia Thomas Harriet George".split(
    " ",
  );

export const LAST_NAMES =
  "Okafor Dahl Lindqvist Virtanen Hansen Nygaard Bergström Koskinen Jensen Holm Sørensen Nilsson Karlsson Mäkinen Vries Jansen Bakker Visser Smit Mulder Dubois Moreau Lefèvre Garnier Rossi Bianchi Ferrari Conti Greco Kowalska Nowak Wójcik Lewandowski Novák Dvořák Horváth Nagy García López Martín Ruiz Santos Ferreira Müller Schneider Fischer Weber Becker Hoffmann Wagner Keller Brunner Patel Sharma Mehta Chen Wang Tanaka Sato Kim Adeyemi Mensah Haddad Rahman Whitfield Ashworth Pemberton Hale Brightwell".split(
    " ",
  );

export const COMPANY_FIRST =
  "Norrland Fjord Borealis Helix Polar Granit Ekhaga Silva Tundra Skarven Aurora Kattegat Sundby Vesta Halden Lumen Nordal Brevik Ostra Kelvin Marstal Rondane Tiveden Orkla Strand Lindhol Havgard Solvang Birka Arctura Calder Penrose Thornbury Ashdown Westmere Larkfield Hollin Marlow Ravensby Quayside Alster Hansa Rhenus Isar Weser Havel Tatra Vistula Odra Duero Tajo Ebro Arno Tevere Garonne Loire".split(
    " ",
  );

export const COMPANY_SECOND =
  "Kraft Energi Works Foods Logistics Marine Textiles Components Robotics Health Software Analytics Packaging Timber Steel Chemicals Instruments Mobility Dairy Optics Hydraulics Pumps Turbines Labs Systems Freight Seafood Materials Bearings Ceramics".split(
    " ",
  );

export const INDUSTRY_OF: Record<string, string> = {
  Kraft: "utilities",
  Energi: "renewables & environment",
  Foods: "food production",
  Logistics: "logistics & supply chain",
  Marine: "maritime",
  Textiles: "textiles",
  Robotics: "industrial automation",
  Health: "hospital & health care",
  Software: "information technology & services",
  Analytics: "information technology & services",
  Packaging: "packaging & containers",
  Timber: "paper & forest products",
  Steel: "mining & metals",
  Chemicals: "chemicals",
  Dairy: "dairy",
  Optics: "medical devices",
  Seafood: "food production",
  Freight: "logistics & supply chain",
  Labs: "biotechnology",
};

export const PLACES = [
  { city: "Umeå", country: "Sweden", zone: "Europe/Stockholm", dial: "+4690", top: "se" },
  { city: "Gothenburg", country: "Sweden", zone: "Europe/Stockholm", dial: "+4631", top: "se" },
  { city: "Bergen", country: "Norway", zone: "Europe/Oslo", dial: "+4755", top: "no" },
  { city: "Oslo", country: "Norway", zone: "Europe/Oslo", dial: "+4722", top: "no" },
  { city: "Aarhus", country: "Denmark", zone: "Europe/Copenhagen", dial: "+4586", top: "dk" },
  { city: "Tampere", country: "Finland", zone: "Europe/Helsinki", dial: "+3583", top: "fi" },
  { city: "Rotterdam", country: "Netherlands", zone: "Europe/Amsterdam", dial: "+3110", top: "nl" },
  { city: "Hamburg", country: "Germany", zone: "Europe/Berlin", dial: "+4940", top: "de" },
  { city: "Munich", country: "Germany", zone: "Europe/Berlin", dial: "+4989", top: "de" },
  { city: "Gdańsk", country: "Poland", zone: "Europe/Warsaw", dial: "+4858", top: "pl" },
  { city: "Lyon", country: "France", zone: "Europe/Paris", dial: "+334", top: "fr" },
  { city: "Bilbao", country: "Spain", zone: "Europe/Madrid", dial: "+3494", top: "es" },
  { city: "Turin", country: "Italy", zone: "Europe/Rome", dial: "+3911", top: "it" },
  { city: "Leeds", country: "United Kingdom", zone: "Europe/London", dial: "+44113", top: "uk" },
  { city: "Chicago", country: "United States", zone: "America/Chicago", dial: "+1312", top: "us" },
] as const;

export const TITLES = [
  "Plant Manager",
  "Head of Operations",
  "Maintenance Manager",
  "Production Manager",
  "Energy Manager",
  "VP Operations",
  "Procurement Manager",
  "Chief Operating Officer",
  "Site Director",
  "Quality Manager",
  "Supply Chain Director",
  "Automation Engineer",
  "Head of Procurement",
  "Sustainability Manager",
  "CFO",
  "Managing Director",
  "Technical Director",
  "Reliability Engineer",
  "Facility Manager",
  "Head of IT",
] as const;

export const LISTS = [
  "Nordic plants",
  "Energy managers Q4",
  "Trade fair Hamburg",
  "Webinar October",
  "Warm from support",
  "Dutch food industry",
  "UK manufacturing",
  "Win back 2025",
  "Partner referrals",
  "Newsletter readers",
] as const;

export const NOTES = [
  "Budget is decided in March; wants numbers before that.",
  "Happy with the current supplier, open to a second source.",
  "Asked for a reference in the food industry.",
  "Prefers mail over calls. Out most Fridays.",
  "New line starts in spring, needs sensors for forty pumps.",
  "Spoke at the trade fair; knows our Oslo customer.",
  "Decision goes through procurement; technical side is convinced.",
] as const;

/**
 * The sellers of the sample team, beside the user it is planted for. None is an admin: they have been there for long,
 * and a key without a user acts as the longest-standing admin, who must be the real one.
 */
export const COLLEAGUES = [
  { firstName: "Ines", lastName: "Okafor", title: "Account Executive", role: "member" },
  { firstName: "Jonas", lastName: "Lindqvist", title: "Sales Development", role: "member" },
  { firstName: "Marta", lastName: "Kowalska", title: "Account Executive", role: "member" },
  { firstName: "Daan", lastName: "de Vries", title: "Sales Development", role: "member" },
  { firstName: "Harriet", lastName: "Ashworth", title: "Head of Sales", role: "member" },
] as const;

/** Where the sample team's mail lives. */
export const TEAM_DOMAIN = "sample-team.example";

export const ACCOUNT_LISTS = ["Key accounts", "Nordics", "Central Europe"] as const;

export const TEMPLATES = [
  {
    name: "Short hello",
    subject: "A question about {{company}}",
    bodyHtml: "<p>Hi {{first_name}},</p><p>who looks after maintenance at {{company}}?</p>",
  },
  {
    name: "After a call",
    subject: "What we talked about",
    bodyHtml:
      "<p>Hi {{first_name}},</p><p>thank you for your time. Here are the two points we agreed on.</p>",
  },
  {
    name: "Reference in your industry",
    subject: "How a plant in {{city}} does it",
    bodyHtml:
      "<p>Hi {{first_name}},</p><p>a customer of ours has the same machines, and wrote two pages on it.</p>",
  },
] as const;

export const DEALS = ["Sensors", "Pilot", "Gateway upgrade", "Service contract", "Second site"] as const;

export const CALL_NOTES = [
  "Asked for the comparison sheet.",
  "Call again after the spring stop.",
  "The decision is with procurement.",
  "Interested in a trial on one line.",
  "Colleague took a message.",
] as const;

export const SUPPRESSED = ["a-competitor.example", "press.example", "jobs.example"] as const;
