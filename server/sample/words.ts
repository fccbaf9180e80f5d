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
